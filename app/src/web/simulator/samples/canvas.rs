//! A sheet to draw on, and the view of it as a hand-held camera has it.

use super::font;
use super::png::{self, Palette};

/// Colours by number. The last four are the table under a photographed sheet.
const PALETTE: Palette = [
    [250, 249, 245],
    [28, 30, 34],
    [120, 124, 130],
    [206, 208, 210],
    [186, 214, 236],
    [64, 110, 168],
    [190, 40, 44],
    [238, 205, 178],
    [232, 232, 226],
    [88, 132, 96],
    [245, 226, 150],
    [150, 156, 162],
    [128, 96, 66],
    [120, 89, 60],
    [111, 82, 55],
    [64, 46, 32],
];

pub(super) const PAPER: u8 = 0;
pub(super) const INK: u8 = 1;
pub(super) const GREY: u8 = 2;
pub(super) const LINE: u8 = 3;
pub(super) const CARD: u8 = 4;
pub(super) const BLUE: u8 = 5;
pub(super) const RED: u8 = 6;
pub(super) const SKIN: u8 = 7;
pub(super) const TABLE: u8 = 12;

/// A rectangle: left, top, width, height.
pub(super) type Area = (usize, usize, usize, usize);

/// A sheet.
pub(super) struct Canvas {
    width: usize,
    dots: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize, colour: u8) -> Self {
        Self { width, dots: vec![colour; width * height] }
    }

    fn height(&self) -> usize {
        self.dots.len() / self.width.max(1)
    }

    fn set(&mut self, x: usize, y: usize, colour: u8) {
        if x < self.width
            && let Some(dot) = self.dots.get_mut(y * self.width + x)
        {
            *dot = colour;
        }
    }

    fn get(&self, x: usize, y: usize) -> Option<u8> {
        if x < self.width { self.dots.get(y * self.width + x).copied() } else { None }
    }

    pub(super) fn fill(&mut self, (left, top, width, height): Area, colour: u8) {
        for y in top..top + height {
            for x in left..left + width {
                self.set(x, y, colour);
            }
        }
    }

    pub(super) fn frame(&mut self, (left, top, width, height): Area, colour: u8) {
        self.fill((left, top, width, 2), colour);
        self.fill((left, top + height, width + 2, 2), colour);
        self.fill((left, top, 2, height), colour);
        self.fill((left + width, top, 2, height), colour);
    }

    /// A disc.
    pub(super) fn disc(&mut self, (x, y): (usize, usize), radius: usize, colour: u8) {
        for dy in 0..=2 * radius {
            for dx in 0..=2 * radius {
                let (across, down) = (dx.abs_diff(radius), dy.abs_diff(radius));
                if across * across + down * down <= radius * radius {
                    self.set((x + dx).saturating_sub(radius), (y + dy).saturating_sub(radius), colour);
                }
            }
        }
    }

    /// Writes a line from its upper left corner; a letter takes 6 by 8 times `size` dots.
    pub(super) fn write(&mut self, (x, y): (usize, usize), size: usize, colour: u8, text: &str) {
        for (at, letter) in text.chars().enumerate() {
            let left = x + at * 6 * size;
            for (column, bits) in font::columns(letter).into_iter().enumerate() {
                for row in (0..7).filter(|row| bits >> row & 1 == 1) {
                    self.fill((left + column * size, y + row * size, size, size), colour);
                }
            }
        }
    }

    /// Writes a line in the middle of the sheet.
    pub(super) fn centre(&mut self, y: usize, size: usize, colour: u8, text: &str) {
        let width = text.chars().count() * 6 * size;
        self.write((self.width.saturating_sub(width) / 2, y), size, colour, text);
    }

    /// A crack from one point to another.
    pub(super) fn crack(&mut self, from: (usize, usize), to: (usize, usize), colour: u8) {
        let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
        let between = |a: usize, b: usize, step: usize| (a * (steps - step) + b * step) / steps;
        for step in 0..=steps {
            let jagged = (step / 9) % 2 * 5;
            self.fill((between(from.0, to.0, step) + jagged, between(from.1, to.1, step), 4, 3), colour);
        }
    }

    /// The sheet as a PNG file.
    pub(super) fn png(&self) -> Vec<u8> {
        png::encode(self.width, &self.dots, &PALETTE)
    }

    /// The sheet on a table, a little askew, as a photo: every `slant` dots to the right it sinks by one.
    pub(super) fn on_a_table(&self, slant: usize) -> Self {
        let slant = slant.max(1);
        let margin = 24 + self.width.max(self.height()) / slant;
        let (width, height) = (self.width + 2 * margin, self.height() + 2 * margin);
        let mut photo = Self::new(width, height, TABLE);
        for y in 0..height {
            for x in 0..width {
                // Turned the other way round: where on the sheet does this dot of the photo lie?
                let left = (x + y / slant).checked_sub(margin + self.height() / slant / 2);
                let top = (y + self.width / slant / 2).checked_sub(margin + x / slant);
                let on_sheet = left.zip(top).and_then(|(left, top)| self.get(left, top));
                let grain = u8::try_from((y / 7 + (x * 3 + y) / 97) % 3).unwrap_or(0);
                photo.set(x, y, on_sheet.unwrap_or(TABLE + grain));
            }
        }
        photo
    }
}
