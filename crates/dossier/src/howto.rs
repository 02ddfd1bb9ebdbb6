pub fn howto(_: &crate::Contents, _: words::Lang) -> String { String::new() }
