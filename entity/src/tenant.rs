//! Which tables belong to an office, and whose changes are told to those who look on.

use loket_core::{id::OfficeId, live::Topic};
use sea_orm::{ActiveValue::Set, EntityTrait};

/// A table whose rows belong to one office. Only such tables can be asked through the tenant door,
/// and only that door fills the column.
pub trait TenantOwned: EntityTrait {
    /// The column every query is led by.
    const TENANT: Self::Column;

    /// What has changed when a row of it is written, and the column that says which one. The tenant door
    /// notes it, so that a use case cannot forget to.
    const TELLS: Option<(Topic, Self::Column)>;

    /// Writes the office into a row that is about to be inserted, over whatever stood there.
    fn set_tenant(row: &mut Self::ActiveModel, tenant: OfficeId);
}

macro_rules! tenant_owned {
    ($($table:ident $(=> $topic:ident by $column:ident)?),+ $(,)?) => {
        $(
            impl TenantOwned for crate::$table::Entity {
                const TENANT: Self::Column = crate::$table::Column::TenantId;
                const TELLS: Option<(Topic, Self::Column)> =
                    tenant_owned!(@tells $table $($topic $column)?);

                fn set_tenant(row: &mut Self::ActiveModel, tenant: OfficeId) {
                    row.tenant_id = Set(tenant);
                }
            }
        )+

        /// Every table that belongs to an office and is asked through the tenant door.
        pub const TABLES: &[&str] = &[$(stringify!($table)),+];

        /// Every table with its columns, and whether its changes are told.
        #[cfg(test)]
        fn told() -> Vec<(&'static str, Vec<&'static str>, bool)> {
            use sea_orm::{IdenStatic, Iterable};
            vec![$((
                stringify!($table),
                crate::$table::Column::iter().map(|column| column.as_str()).collect(),
                <crate::$table::Entity as TenantOwned>::TELLS.is_some(),
            )),+]
        }
    };
    (@tells $table:ident) => {
        None
    };
    (@tells $table:ident $topic:ident $column:ident) => {
        Some((Topic::$topic, crate::$table::Column::$column))
    };
}

tenant_owned!(
    webhook_item,
    unit,
    officer,
    service,
    variant,
    requirement,
    format_use,
    contact,
    contact_identity,
    wa_number,
    wa_number_service,
    wa_number_unit,
    wa_number_officer,
    quick_reply,
    quick_reply_service,
    trusted_sender,
    edition,
    conversation => Conversation by Id,
    message => Conversation by ConversationId,
    message_status,
    parked_status,
    file,
    media,
    receipt_counter,
    entry_link,
    request => Request by Id,
    request_name,
    request_event => Request by RequestId,
    paper => Request by RequestId,
    forwarding => Request by RequestId,
    outage,
    outage_event,
    outage_file,
    outage_told,
    stock_item,
    stock_use,
    stock_entry,
    answer_forecast,
    equipment,
    equipment_entry,
    pickup_point,
    pickup => Request by Id,
    appointment => Request by RequestId,
    consignment => Request by RequestId,
    handover => Request by RequestId,
    care => Request by Id,
    visit_round,
    visit => Request by RequestId,
    compensation => Request by Id,
    audit_entry,
    audit_seal,
    fact_day,
    fact_office,
    fact_case,
    fact_paper,
    fact_hour,
    fact_stale,
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Tables that belong to something that is told of, but say nothing themselves, and why.
    const SILENT: [(&str, &str); 7] = [
        ("entry_link", "whoever makes or uses one holds its conversation"),
        ("request_name", "written with its request"),
        ("message_status", "what it changes is its message"),
        ("media", "whoever changes one touches its conversation"),
        ("outage_told", "written with the message that tells it"),
        ("stock_entry", "written with the step of its request"),
        ("answer_forecast", "written with its request"),
    ];

    #[test]
    fn whatever_belongs_to_a_request_or_a_conversation_tells_of_it_or_says_why_not() {
        for (table, columns, tells) in told() {
            let belongs =
                ["request_id", "conversation_id", "message_id"].iter().any(|name| columns.contains(name));
            let silent = SILENT.iter().any(|(name, _)| *name == table);
            assert!(!belongs || tells != silent, "{table}: say in the list what its changes tell of");
        }
    }
}
