//! People who sign in: accounts, their places, their sessions, and how far a permission reaches.
//!
//! All of it lies above the offices. What a person may do inside one is drawn from their places into a
//! [`loket_core::permission::Standing`]; [`policy`] turns a reach into a query's condition.

mod acting;
mod change_password;
mod close_account;
mod common;
mod create_account;
mod forgotten;
mod grant;
mod hasher;
mod password;
pub mod policy;
mod session;
mod sign_in;
mod sign_out;
mod throttle;
mod tidy;
mod token;

pub use acting::{Acting, acting_in, title as acting_title};
pub use change_password::{PasswordChangeError, change_password};
pub use close_account::close_account;
pub use create_account::{AccountError, NewAccount, account_by_email, create_account, open_account, salt};
pub use forgotten::{
    FORGOTTEN, Forgotten, ForgottenRefusal, ResetRefusal, answer_forgotten, forgot, reset_owner,
    reset_password,
};
pub use grant::{GrantError, NewMembership, Place, grant, grant_in, withdraw, withdraw_in};
pub use hasher::{PasswordHasher, Verdict};
pub use password::{Password, PasswordRefusal};
pub use session::{
    Held, LiveSession, Seat, SessionRow, oversees, session_by_id, sessions_of, standing_in, touch,
};
pub use sign_in::{ClientInfo, NewSession, SignInRefusal, sign_in};
pub use sign_out::{end_all, sign_out, sign_out_everywhere};
pub use throttle::{forms_too_often, letters_too_often};
pub use tidy::tidy;
pub use token::{Purpose, Ticket, TokenRefusal, Tokens};

#[cfg(test)]
mod tests;
