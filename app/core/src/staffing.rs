//! Who may change who belongs to an office: nobody raises themself, and nobody takes the last administrator away.

use crate::kinds::Role;

/// The roles that can be held in an office, as a form offers them.
pub const OFFICE_ROLES: [Role; 7] = [
    Role::Operator,
    Role::Supervisor,
    Role::DeskOfficer,
    Role::ComplaintOfficer,
    Role::Head,
    Role::OfficeAdmin,
    Role::Inspector,
];

/// What a change of somebody's roles in an office would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Whether the administrator who makes it is the one it is about.
    pub own: bool,
    /// Whether the person leaves the office altogether.
    pub leaves: bool,
    /// Whether the person administers the office now.
    pub admin_before: bool,
    /// Whether the person would administer it afterwards.
    pub admin_after: bool,
    /// How many others administer it.
    pub other_admins: u64,
}

/// Why a change is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum StaffRefusal {
    /// Nobody changes their own roles.
    OwnRole,
    /// The office would have no administrator.
    LastAdmin,
}

impl StaffRefusal {
    /// What is wrong and what to do, in Indonesian.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::OwnRole => "Peran sendiri tidak dapat diubah. Minta admin kantor yang lain mengubahnya.",
            Self::LastAdmin => {
                "Kantor harus punya paling sedikit satu admin. Tunjuk admin kantor yang lain lebih dahulu."
            }
        }
    }
}

impl Change {
    /// Whether it may be made. One may leave, but not change one's own roles.
    pub fn check(self) -> Result<(), StaffRefusal> {
        if self.own && !self.leaves {
            Err(StaffRefusal::OwnRole)
        } else if self.admin_before && !self.admin_after && self.other_admins == 0 {
            Err(StaffRefusal::LastAdmin)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What somebody does to somebody: whom, and whether they are an administrator afterwards or gone.
    #[derive(Debug, Clone, Copy)]
    enum Act {
        Role(bool),
        Leave,
    }

    /// Whether each person is an administrator; nothing for those who have left.
    type People = [Option<bool>; 4];

    fn act(people: &mut People, (by, whom, act): (usize, usize, Act)) {
        let (Some(Some(true)), Some(Some(before))) = (people.get(by).copied(), people.get(whom).copied())
        else {
            return;
        };
        let others = people.iter().enumerate().filter(|(at, one)| *at != whom && **one == Some(true)).count();
        let change = Change {
            own: by == whom,
            leaves: matches!(act, Act::Leave),
            admin_before: before,
            admin_after: matches!(act, Act::Role(true)),
            other_admins: u64::try_from(others).unwrap_or(u64::MAX),
        };
        if change.check().is_ok()
            && let Some(one) = people.get_mut(whom)
        {
            *one = match act {
                Act::Role(admin) => Some(admin),
                Act::Leave => None,
            };
        }
    }

    proptest! {
        #[test]
        fn whatever_administrators_do_an_administrator_is_left(
            acts in proptest::collection::vec(
                (0..4_usize, 0..4_usize, prop_oneof![any::<bool>().prop_map(Act::Role), Just(Act::Leave)]),
                0..40,
            ),
        ) {
            let mut people: People = [Some(true), Some(true), Some(false), Some(false)];
            for one in acts {
                act(&mut people, one);
                prop_assert!(people.contains(&Some(true)), "{people:?}");
            }
        }
    }

    #[test]
    fn one_may_leave_but_not_change_ones_own_role() {
        let change =
            Change { own: true, leaves: false, admin_before: true, admin_after: true, other_admins: 3 };
        assert_eq!(change.check(), Err(StaffRefusal::OwnRole));
        assert_eq!(Change { leaves: true, admin_after: false, ..change }.check(), Ok(()));
        let last = Change { leaves: true, admin_after: false, other_admins: 0, ..change };
        assert_eq!(last.check(), Err(StaffRefusal::LastAdmin));
    }

    #[test]
    fn every_role_of_an_office_is_offered_and_none_above_it() {
        for role in Role::ALL {
            let above = [Role::ProvinceAdmin, Role::PlatformAdmin].contains(role);
            assert_eq!(OFFICE_ROLES.contains(role), !above, "{role}");
        }
    }
}
