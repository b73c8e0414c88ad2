//! Tracked requests: from a citizen's message to a finished document.
