//! A PDF of one page with lines of text.

/// A line: distance from the top, size, words.
pub(super) type Line<'a> = (u32, u32, &'a str);

/// A4, one page, Helvetica.
pub(super) fn one_page(lines: &[Line<'_>]) -> Vec<u8> {
    let mut drawing = String::new();
    for (top, size, words) in lines {
        let escaped = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        drawing.push_str(&format!("BT /F1 {size} Tf 60 {} Td ({escaped}) Tj ET\n", 842 - top.min(&842)));
    }
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                /Resources << /Font << /F1 5 0 R >> >> >>";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        page.to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}endstream", drawing.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 6\n0000000000 65535 f \n{places}"));
    file.push_str(&format!("trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}
