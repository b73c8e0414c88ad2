//! Which tables belong to an office.

use loket_core::id::OfficeId;
use sea_orm::{ActiveValue::Set, EntityTrait};

/// A table whose rows belong to one office. Only such tables can be asked through the tenant door,
/// and only that door fills the column.
pub trait TenantOwned: EntityTrait {
    /// The column every query is led by.
    const TENANT: Self::Column;

    /// Writes the office into a row that is about to be inserted, over whatever stood there.
    fn set_tenant(row: &mut Self::ActiveModel, tenant: OfficeId);
}

macro_rules! tenant_owned {
    ($($table:ident),+ $(,)?) => {
        $(
            impl TenantOwned for crate::$table::Entity {
                const TENANT: Self::Column = crate::$table::Column::TenantId;

                fn set_tenant(row: &mut Self::ActiveModel, tenant: OfficeId) {
                    row.tenant_id = Set(tenant);
                }
            }
        )+

        /// Every table that belongs to an office and is asked through the tenant door.
        pub const TABLES: &[&str] = &[$(stringify!($table)),+];
    };
}

tenant_owned!(
    webhook_item,
    unit,
    officer,
    service,
    variant,
    requirement,
    format,
    contact,
    contact_identity,
    wa_number,
    wa_number_service,
    conversation,
    message,
    message_status,
    parked_status,
    file,
    media,
    receipt_counter,
    request,
    request_name,
    request_event,
    paper,
    audit_entry,
    audit_seal,
    fact_day,
    fact_office,
    fact_case,
    fact_paper,
    fact_stale,
);
