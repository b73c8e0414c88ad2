//! Where the sealed columns of WhatsApp lie.

use crate::infra::seal::Column;

pub(super) const APP_SECRET: Column = Column::new("wa_app", "app_secret");
pub(super) const OLD_APP_SECRET: Column = Column::new("wa_app", "old_app_secret");
pub(super) const VERIFY_TOKEN: Column = Column::new("wa_app", "verify_token");
pub(super) const DISPLAY: Column = Column::new("wa_number", "display");
pub(super) const TOKEN: Column = Column::new("wa_number", "token");
pub(super) const BODY: Column = Column::new("webhook_delivery", "body");
pub(super) const WAMID: Column = Column::new("message", "wamid");
pub(super) const CONTENT: Column = Column::new("message", "content");
pub(super) const GRAPH_ID: Column = Column::new("media", "graph_id");
pub(super) const FILE_NAME: Column = Column::new("file", "name");
