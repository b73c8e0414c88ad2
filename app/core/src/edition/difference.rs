//! What came, went and changed between two editions.

use super::Part;

/// What became of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    Came(String),
    /// It is no longer there.
    Went(String),
    /// It says something else.
    Altered {
        /// What it said.
        old: String,
        /// What it says.
        new: String,
    },
}

/// A part that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The part.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What became of it.
    pub change: Change,
}

/// What differs between two documents: what came or changed in the order of the new one, then what went.
pub fn difference(old: &[Part], new: &[Part]) -> Vec<Difference> {
    let of = |part: &Part, change| Difference { key: part.key.clone(), label: part.label.clone(), change };
    let mut all: Vec<Difference> = Vec::new();
    for part in new {
        match old.iter().find(|one| one.key == part.key) {
            None => all.push(of(part, Change::Came(part.text.clone()))),
            Some(before) if before.text != part.text => {
                all.push(of(part, Change::Altered { old: before.text.clone(), new: part.text.clone() }));
            }
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(|part| new.iter().all(|one| one.key != part.key));
    all.extend(gone.map(|part| of(part, Change::Went(part.text.clone()))));
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(texts: &[(&str, &str)]) -> Vec<Part> {
        texts.iter().map(|(key, text)| Part::new(*key, key.to_uppercase(), *text)).collect()
    }

    #[test]
    fn a_difference_says_what_came_what_changed_and_what_went() {
        let old = parts(&[("a", "satu"), ("b", "dua"), ("c", "tiga")]);
        let new = parts(&[("d", "empat"), ("a", "satu"), ("b", "dua belas")]);
        let told: Vec<_> = difference(&old, &new).into_iter().map(|one| (one.key, one.change)).collect();
        let altered = Change::Altered { old: "dua".into(), new: "dua belas".into() };
        let expected = [
            ("d".to_owned(), Change::Came("empat".into())),
            ("b".to_owned(), altered),
            ("c".to_owned(), Change::Went("tiga".into())),
        ];
        assert_eq!(told, expected);
    }

    fn some_parts() -> impl Strategy<Value = Vec<Part>> {
        let texts = proptest::collection::btree_map("[a-f]", "[a-c]", 0..6);
        texts.prop_map(|all| all.into_iter().map(|(key, text)| Part::new(key.clone(), key, text)).collect())
    }

    proptest! {
        #[test]
        fn nothing_differs_from_itself_and_a_difference_turned_round_turns_each_change(
            old in some_parts(), new in some_parts()
        ) {
            prop_assert!(difference(&old, &old).is_empty());
            let (there, back) = (difference(&old, &new), difference(&new, &old));
            prop_assert_eq!(there.len(), back.len());
            for one in there {
                let turned = match one.change {
                    Change::Came(text) => Change::Went(text),
                    Change::Went(text) => Change::Came(text),
                    Change::Altered { old, new } => Change::Altered { old: new, new: old },
                };
                prop_assert!(back.iter().any(|other| other.key == one.key && other.change == turned));
            }
        }
    }
}
