//! Numbers, conversations, messages, and how far each has come.
