//! Who may do what, and for which part of an office.
//!
//! A role is a preset of named permissions. A permission is held for a scope: some services, some
//! units, some kecamatan, or the whole office. [`Standing::reach`] is the one answer to "what may this
//! person touch": lists filter by it and rows are checked against it.

use serde::{Deserialize, Serialize};

use crate::{
    id::{ServiceId, UnitId, UserId},
    kinds::Role,
};

words!(/// Something that may be done.
    Permission {
    /// See requests and conversations.
    ReadRequests = "read_requests",
    /// Take, check, answer, finish.
    HandleRequests = "handle_requests",
    /// Give somebody else's work to another officer.
    AssignRequests = "assign_requests",
    /// Refuse a request.
    RefuseRequests = "refuse_requests",
    /// Open requests on behalf of citizens.
    IntakeRequests = "intake_requests",
    /// See an identity number in full, with a purpose.
    RevealIdentity = "reveal_identity",
    /// See the office's figures.
    ReadFigures = "read_figures",
    /// See what could not be read, and try it again.
    ManageQuarantine = "manage_quarantine",
    /// Name who acts for the head.
    NameActing = "name_acting",
    /// Change the office's configuration.
    ConfigureOffice = "configure_office",
    /// See complaints.
    ReadComplaints = "read_complaints",
    /// Handle complaints.
    HandleComplaints = "handle_complaints",
    /// See what keeps the office from working.
    ReadOutages = "read_outages",
    /// Enter what keeps the office from working, say when it is over, and tell those who wait.
    ReportOutages = "report_outages",
    /// Approve what somebody else entered.
    ApproveOutages = "approve_outages",
    /// See the audit trail.
    ReadAudit = "read_audit",
});

/// The permissions a role presets inside an office.
pub const fn preset(role: Role) -> &'static [Permission] {
    use Permission::{
        ApproveOutages, AssignRequests, ConfigureOffice, HandleComplaints, HandleRequests, IntakeRequests,
        ManageQuarantine, NameActing, ReadAudit, ReadComplaints, ReadFigures, ReadOutages, ReadRequests,
        RefuseRequests, ReportOutages, RevealIdentity,
    };
    match role {
        Role::Head => &[
            ReadRequests,
            ReadFigures,
            ReadComplaints,
            ReadAudit,
            NameActing,
            ReadOutages,
            ReportOutages,
            ApproveOutages,
        ],
        Role::Supervisor => &[
            ReadRequests,
            HandleRequests,
            AssignRequests,
            RefuseRequests,
            IntakeRequests,
            RevealIdentity,
            ReadFigures,
            ManageQuarantine,
            ReadOutages,
            ReportOutages,
            ApproveOutages,
        ],
        Role::Operator => &[
            ReadRequests,
            HandleRequests,
            RefuseRequests,
            IntakeRequests,
            RevealIdentity,
            ReadOutages,
            ReportOutages,
        ],
        Role::ComplaintOfficer => &[ReadComplaints, HandleComplaints],
        Role::DeskOfficer => &[ReadRequests, IntakeRequests, ReadOutages],
        Role::OfficeAdmin => {
            &[ConfigureOffice, ManageQuarantine, ReadAudit, NameActing, ReadOutages, ReportOutages]
        }
        Role::Inspector => &[ReadFigures, ReadAudit, ReadOutages],
        // Their permissions lie above the offices; inside one they hold none.
        Role::ProvinceAdmin | Role::PlatformAdmin => &[],
    }
}

/// The part of an office a role is held for. An empty list does not narrow; all three narrow together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Only these services.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<ServiceId>,
    /// Only these units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// Only these kecamatan (Kemendagri code without dots).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<String>,
}

/// What a row says about where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whereabouts<'a> {
    /// Its service, if it has one.
    pub service: Option<ServiceId>,
    /// Its unit, if it has one.
    pub unit: Option<UnitId>,
    /// Its kecamatan, if it is known.
    pub district: Option<&'a str>,
}

impl Whereabouts<'_> {
    /// What does not say where it belongs.
    pub const NOWHERE: Self = Self { service: None, unit: None, district: None };
}

impl Scope {
    /// Whether it is the whole office.
    pub fn is_whole(&self) -> bool {
        self.services.is_empty() && self.units.is_empty() && self.districts.is_empty()
    }

    /// Whether a row lies inside. A row that does not say lies outside of what is narrowed.
    pub fn covers(&self, row: Whereabouts<'_>) -> bool {
        (self.services.is_empty() || row.service.is_some_and(|id| self.services.contains(&id)))
            && (self.units.is_empty() || row.unit.is_some_and(|id| self.units.contains(&id)))
            && (self.districts.is_empty()
                || row.district.is_some_and(|code| self.districts.iter().any(|held| held == code)))
    }
}

/// One role held in the office of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// For what part.
    pub scope: Scope,
}

/// How far a permission reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// It is not held.
    Nothing,
    /// It is held for the whole office.
    Everything,
    /// It is held for these parts, each by itself.
    Parts(Vec<Scope>),
}

impl Reach {
    /// Whether it reaches a row.
    pub fn covers(&self, row: Whereabouts<'_>) -> bool {
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Parts(parts) => parts.iter().any(|scope| scope.covers(row)),
        }
    }

    /// Whether it reaches everything that a scope covers, one of its parts the whole of it.
    pub fn contains(&self, scope: &Scope) -> bool {
        fn within<T: PartialEq>(part: &[T], of: &[T]) -> bool {
            part.is_empty() || (!of.is_empty() && of.iter().all(|one| part.contains(one)))
        }
        let whole = |part: &Scope| {
            within(&part.services, &scope.services)
                && within(&part.units, &scope.units)
                && within(&part.districts, &scope.districts)
        };
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Parts(parts) => parts.iter().any(whole) || Self::by_service(parts, scope),
        }
    }

    /// Whether each service of a scope that names nothing else is wholly in some part.
    fn by_service(parts: &[Scope], scope: &Scope) -> bool {
        let alone = |one: &Scope| one.units.is_empty() && one.districts.is_empty();
        let held = |id: &ServiceId| parts.iter().any(|part| alone(part) && part.services.contains(id));
        alone(scope) && !scope.services.is_empty() && scope.services.iter().all(held)
    }

    /// Whether it reaches something of a unit, or of the office as a whole, whatever the service. Whoever works for some
    /// units only reaches nothing of the others, nor of what is everybody's.
    pub fn reaches_unit(&self, unit: Option<UnitId>) -> bool {
        let part = |scope: &Scope| {
            let whole = scope.units.is_empty() && scope.districts.is_empty();
            whole || unit.is_some_and(|unit| scope.units.contains(&unit))
        };
        match self {
            Self::Nothing => false,
            Self::Everything => true,
            Self::Parts(parts) => parts.iter().any(part),
        }
    }

    /// Whether it reaches anything at all.
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
}

/// A person as they stand in one office: every role they hold there today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub user: UserId,
    /// Their roles.
    pub grants: Vec<Grant>,
}

impl Standing {
    /// How far a permission reaches for this person.
    pub fn reach(&self, permission: Permission) -> Reach {
        let mut parts = Vec::new();
        for grant in self.grants.iter().filter(|grant| preset(grant.role).contains(&permission)) {
            if grant.scope.is_whole() {
                return Reach::Everything;
            }
            parts.push(grant.scope.clone());
        }
        if parts.is_empty() { Reach::Nothing } else { Reach::Parts(parts) }
    }

    /// Whether the whole of the office is theirs to configure.
    pub fn administers(&self) -> bool {
        self.reach(Permission::ConfigureOffice) == Reach::Everything
    }

    /// Whether a permission is held for anything at all.
    pub fn may(&self, permission: Permission) -> bool {
        !self.reach(permission).is_nothing()
    }

    /// The role shown beside the person's name: the first they hold.
    pub fn role(&self) -> Option<Role> {
        self.grants.first().map(|grant| grant.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(role: Role, scope: Scope) -> Standing {
        Standing { user: UserId::NIL, grants: vec![Grant { role, scope }] }
    }

    fn service(n: u128) -> ServiceId {
        ServiceId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn a_permission_that_no_role_gives_reaches_nothing() {
        assert!(held(Role::Head, Scope::default()).reach(Permission::HandleRequests).is_nothing());
        assert!(held(Role::ProvinceAdmin, Scope::default()).reach(Permission::ReadRequests).is_nothing());
    }

    #[test]
    fn a_scope_of_one_service_covers_that_service_only() {
        let reach = held(Role::Operator, Scope { services: vec![service(1)], ..Scope::default() })
            .reach(Permission::HandleRequests);
        let row = |service| Whereabouts { service, unit: None, district: None };
        assert!(reach.covers(row(Some(service(1)))));
        assert!(!reach.covers(row(Some(service(2)))));
        assert!(!reach.covers(row(None)));
    }

    #[test]
    fn whoever_works_for_a_unit_reaches_nothing_of_the_others_or_of_everybody() {
        let unit = |n: u128| UnitId(uuid::Uuid::from_u128(n));
        let of = |scope| held(Role::Operator, scope).reach(Permission::ReportOutages);
        let one = of(Scope { units: vec![unit(1)], ..Scope::default() });
        assert!(one.reaches_unit(Some(unit(1))));
        assert!(!one.reaches_unit(Some(unit(2))) && !one.reaches_unit(None));
        let service = of(Scope { services: vec![service(1)], ..Scope::default() });
        assert!(service.reaches_unit(Some(unit(1))) && service.reaches_unit(None));
        let district = of(Scope { districts: vec!["36.03.01".to_owned()], ..Scope::default() });
        assert!(!district.reaches_unit(None) && !Reach::Nothing.reaches_unit(None));
        let both =
            of(Scope { units: vec![unit(1)], districts: vec!["36.03.01".to_owned()], ..Scope::default() });
        assert!(both.reaches_unit(Some(unit(1))) && !both.reaches_unit(Some(unit(2))));
        assert!(of(Scope::default()).reaches_unit(Some(unit(9))));
    }

    #[test]
    fn a_second_role_widens_and_never_narrows() {
        let mut standing = held(Role::Operator, Scope { services: vec![service(1)], ..Scope::default() });
        standing.grants.push(Grant { role: Role::Supervisor, scope: Scope::default() });
        assert_eq!(standing.reach(Permission::ReadRequests), Reach::Everything);
    }
}
