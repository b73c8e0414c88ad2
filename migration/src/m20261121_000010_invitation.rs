//! Invitations to work in an office. They lie above the offices, like accounts: whoever follows a link belongs
//! to none yet.

use sea_orm_migration::{prelude::*, schema::*};

use crate::wall::{create_platform, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let invitation = Table::create()
            .table("invitation")
            .col(uuid("id").primary_key())
            .col(uuid("office_id"))
            .col(text("email_key"))
            .col(text("email"))
            .col(text("name"))
            .col(text("title"))
            .col(text("role"))
            .col(json_binary("scope"))
            .col(uuid("link"))
            .col(uuid("invited_by"))
            .col(timestamp_with_time_zone("invited_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(text_null("outcome"))
            .col(timestamp_with_time_zone_null("closed_at"))
            .col(uuid_null("account_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("fk_invitation_office")
                    .from("invitation", "office_id")
                    .to("office", "id"),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk_invitation_inviter")
                    .from("invitation", "invited_by")
                    .to("account", "id"),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("fk_invitation_account")
                    .from("invitation", "account_id")
                    .to("account", "id"),
            )
            .to_owned();
        create_platform(m, "invitation", invitation).await?;
        index(m, "invitation", &["office_id", "closed_at", "invited_at"], false).await
    }
}
