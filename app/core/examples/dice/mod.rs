//! A small generator of numbers (xorshift), so that a seed means the same cases on every machine.

/// Its state; never zero.
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below a bound, which is not zero.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}
