//! Where the sealed columns of apps and webhook bodies lie; those of messages are beside their content.

use crate::infra::seal::Column;

pub(super) const APP_SECRET: Column = Column::new("wa_app", "app_secret");
pub(super) const OLD_APP_SECRET: Column = Column::new("wa_app", "old_app_secret");
pub(super) const VERIFY_TOKEN: Column = Column::new("wa_app", "verify_token");
pub(super) const BODY: Column = Column::new("webhook_delivery", "body");
