//! Citizens as an office knows them.
