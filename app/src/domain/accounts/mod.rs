//! People who sign in: accounts, memberships, sessions, and the policy that lists and rows share.
