//! Paths that somebody may be sent back to, and addresses as they are written.

use super::*;

#[test]
fn nobody_is_sent_to_another_site() {
    for path in ["/", "/kantor/kab-tangerang/antrean?tab=saya"] {
        assert_eq!(local(path), Some(path));
    }
    for path in ["", "//evil", "/\\evil", "https://evil", "kantor", "/a\r\nSet-Cookie: x", "/\t/evil", "/ /e"]
    {
        assert_eq!(local(path), None, "{path}");
    }
}

#[test]
fn a_path_to_come_back_to_is_escaped() {
    assert_eq!(SignIn::at(Some("/kantor/x?tab=a&b=c")), "/masuk?lanjut=/kantor/x%3Ftab%3Da%26b%3Dc");
}
