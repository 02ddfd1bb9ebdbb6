//! Source code as a row of tokens: what a program does stays, what a copyist changes first goes.
//!
//! Every identifier is one kind of token, likewise every number, string and built-in type;
//! comments, layout, preprocessor lines, imports and modifiers vanish. A table of rules per family
//! of languages, no grammar: any bytes give some tokens, in one pass.

use serde::{Deserialize, Serialize};

/// A family of languages that one set of rules reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// C, C++, C#, Java, JavaScript, TypeScript, Go, Rust, Kotlin, Swift, PHP and the like.
    CLike,
    /// Python.
    Python,
    /// SQL of any dialect.
    Sql,
    /// Verilog and SystemVerilog.
    Verilog,
    /// VHDL.
    Vhdl,
    /// MATLAB and Octave.
    Matlab,
    /// IEC 61131-3 structured text.
    StructuredText,
}

impl Language {
    /// The family that the ending of a file's name tells, if it tells one.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Some(match ending.as_str() {
            "c" | "h" | "cc" | "cpp" | "cxx" | "hpp" | "hh" | "hxx" | "ino" | "cu" | "cs"
            | "java" | "js" | "mjs" | "cjs" | "jsx" | "ts" | "tsx" | "go" | "rs" | "kt"
            | "swift" | "php" | "scala" | "dart" => Self::CLike,
            "py" | "pyw" | "pyi" => Self::Python,
            "sql" | "ddl" | "plsql" => Self::Sql,
            "v" | "vh" | "sv" | "svh" => Self::Verilog,
            "vhd" | "vhdl" => Self::Vhdl,
            "m" => Self::Matlab,
            "st" | "scl" | "iecst" => Self::StructuredText,
            _ => return None,
        })
    }
}

/// A token: its kind and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is; tokens that mean the same have the same kind.
    pub kind: u32,
    /// Its first byte in the source.
    pub at: u32,
    /// Its bytes.
    pub len: u32,
}

impl Token {
    /// The kind of every identifier.
    pub const IDENTIFIER: u32 = 256;
    const NUMBER: u32 = 257;
    const STRING: u32 = 258;
    const TYPE: u32 = 259;
    const KEYWORD: u32 = 300;

    /// The bytes of `source` that it covers.
    #[must_use]
    pub fn text<'a>(&self, source: &'a [u8]) -> &'a [u8] {
        let start = (self.at as usize).min(source.len());
        let end = (start + self.len as usize).min(source.len());
        &source[start..end]
    }
}

struct Rules {
    line_comments: &'static [&'static str],
    block_comments: &'static [(&'static str, &'static str)],
    quotes: &'static [u8],
    keywords: &'static [&'static str],
    types: &'static [&'static str],
    modifiers: &'static [&'static str],
    /// Words that, first in a line, make it an import.
    imports: &'static [&'static str],
    /// What makes a whole line vanish when first in it.
    directives: &'static [u8],
    case: Case,
}

#[derive(PartialEq)]
enum Case {
    Matters,
    Folds,
}

const C_LIKE: Rules = Rules {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    quotes: b"\"'`",
    keywords: &[
        "if",
        "else",
        "for",
        "while",
        "do",
        "switch",
        "case",
        "return",
        "break",
        "continue",
        "class",
        "new",
        "try",
        "catch",
        "throw",
        "struct",
        "namespace",
        "default",
        "finally",
        "enum",
        "interface",
        "extends",
        "implements",
        "goto",
        "sizeof",
        "typedef",
        "union",
        "delete",
        "function",
        "func",
        "fn",
        "match",
        "loop",
        "impl",
        "trait",
        "let",
        "var",
        "in",
        "of",
        "go",
        "defer",
        "select",
        "chan",
        "range",
        "yield",
        "await",
        "foreach",
        "lock",
        "where",
        "this",
        "self",
        "super",
        "null",
        "nil",
        "nullptr",
        "true",
        "false",
        "instanceof",
        "typeof",
        "throws",
        "assert",
        "operator",
        "template",
        "typename",
    ],
    types: &[
        "int",
        "long",
        "double",
        "float",
        "char",
        "boolean",
        "bool",
        "void",
        "byte",
        "short",
        "string",
        "String",
        "size_t",
        "i8",
        "i16",
        "i32",
        "i64",
        "u8",
        "u16",
        "u32",
        "u64",
        "usize",
        "isize",
        "f32",
        "f64",
        "str",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float32",
        "float64",
        "number",
        "any",
        "auto",
        "decimal",
        "object",
        "Integer",
        "Double",
        "Boolean",
        "Long",
        "Character",
        "unsigned",
        "signed",
    ],
    modifiers: &[
        "static",
        "public",
        "private",
        "protected",
        "final",
        "const",
        "inline",
        "virtual",
        "override",
        "abstract",
        "volatile",
        "extern",
        "register",
        "constexpr",
        "mut",
        "pub",
        "readonly",
        "internal",
        "sealed",
        "synchronized",
        "transient",
        "explicit",
        "friend",
        "mutable",
        "noexcept",
        "export",
        "async",
        "unsafe",
    ],
    imports: &["import", "package", "using", "use", "include", "require"],
    directives: b"#",
    case: Case::Matters,
};

const PYTHON: Rules = Rules {
    line_comments: &["#"],
    block_comments: &[],
    quotes: b"\"'",
    keywords: &[
        "if", "elif", "else", "for", "while", "def", "return", "break", "continue", "class", "try",
        "except", "finally", "raise", "with", "as", "lambda", "in", "is", "not", "and", "or",
        "pass", "yield", "global", "nonlocal", "del", "assert", "None", "True", "False", "self",
        "await", "match", "case",
    ],
    types: &["int", "float", "str", "bool", "list", "dict", "set", "tuple", "bytes", "object"],
    modifiers: &["async"],
    imports: &["import", "from"],
    directives: b"",
    case: Case::Matters,
};

const SQL: Rules = Rules {
    line_comments: &["--"],
    block_comments: &[("/*", "*/")],
    quotes: b"'\"`",
    keywords: &[
        "select",
        "from",
        "where",
        "join",
        "left",
        "right",
        "inner",
        "outer",
        "full",
        "on",
        "group",
        "by",
        "order",
        "having",
        "union",
        "all",
        "distinct",
        "insert",
        "into",
        "values",
        "update",
        "set",
        "delete",
        "create",
        "table",
        "view",
        "index",
        "procedure",
        "function",
        "trigger",
        "begin",
        "end",
        "if",
        "then",
        "else",
        "elsif",
        "case",
        "when",
        "while",
        "loop",
        "return",
        "declare",
        "as",
        "and",
        "or",
        "not",
        "null",
        "is",
        "in",
        "exists",
        "between",
        "like",
        "limit",
        "offset",
        "primary",
        "key",
        "foreign",
        "references",
        "default",
        "with",
        "over",
        "partition",
        "cursor",
        "fetch",
        "open",
        "close",
        "alter",
        "drop",
        "merge",
    ],
    types: &[
        "int",
        "integer",
        "bigint",
        "smallint",
        "decimal",
        "numeric",
        "float",
        "real",
        "double",
        "varchar",
        "varchar2",
        "nvarchar",
        "char",
        "text",
        "date",
        "datetime",
        "timestamp",
        "boolean",
        "number",
        "clob",
        "blob",
    ],
    modifiers: &["asc", "temporary", "temp", "replace"],
    imports: &["use"],
    directives: b"",
    case: Case::Folds,
};

const VERILOG: Rules = Rules {
    line_comments: &["//"],
    block_comments: &[("/*", "*/"), ("(*", "*)")],
    quotes: b"\"",
    keywords: &[
        "module",
        "endmodule",
        "always",
        "always_ff",
        "always_comb",
        "initial",
        "begin",
        "end",
        "if",
        "else",
        "case",
        "casex",
        "casez",
        "endcase",
        "default",
        "for",
        "while",
        "repeat",
        "forever",
        "assign",
        "posedge",
        "negedge",
        "or",
        "and",
        "not",
        "input",
        "output",
        "inout",
        "parameter",
        "localparam",
        "generate",
        "endgenerate",
        "genvar",
        "function",
        "endfunction",
        "task",
        "endtask",
        "wait",
        "deassign",
        "force",
        "release",
        "typedef",
        "enum",
        "struct",
        "interface",
        "endinterface",
        "package",
        "endpackage",
        "return",
    ],
    types: &["wire", "reg", "logic", "integer", "real", "time", "bit", "byte", "int", "tri"],
    modifiers: &["signed", "unsigned", "automatic", "static"],
    imports: &["import"],
    directives: b"`",
    case: Case::Matters,
};

const VHDL: Rules = Rules {
    line_comments: &["--"],
    block_comments: &[("/*", "*/")],
    quotes: b"\"",
    keywords: &[
        "entity",
        "architecture",
        "process",
        "begin",
        "end",
        "if",
        "then",
        "elsif",
        "else",
        "case",
        "when",
        "is",
        "of",
        "signal",
        "variable",
        "constant",
        "port",
        "generic",
        "map",
        "in",
        "out",
        "inout",
        "component",
        "package",
        "body",
        "function",
        "procedure",
        "return",
        "for",
        "while",
        "loop",
        "generate",
        "wait",
        "until",
        "and",
        "or",
        "not",
        "xor",
        "nand",
        "nor",
        "downto",
        "to",
        "others",
        "type",
        "subtype",
        "record",
        "array",
        "null",
        "exit",
        "next",
        "rising_edge",
        "falling_edge",
        "select",
        "with",
    ],
    types: &[
        "std_logic",
        "std_ulogic",
        "std_logic_vector",
        "integer",
        "natural",
        "positive",
        "boolean",
        "bit",
        "bit_vector",
        "unsigned",
        "signed",
        "real",
        "time",
        "string",
    ],
    modifiers: &["shared", "pure", "impure"],
    imports: &["library", "use"],
    directives: b"",
    case: Case::Folds,
};

const MATLAB: Rules = Rules {
    line_comments: &["%", "#", "..."],
    block_comments: &[("%{", "%}")],
    quotes: b"\"'",
    keywords: &[
        "function",
        "end",
        "if",
        "elseif",
        "else",
        "for",
        "while",
        "switch",
        "case",
        "otherwise",
        "break",
        "continue",
        "return",
        "try",
        "catch",
        "classdef",
        "properties",
        "methods",
        "parfor",
        "persistent",
    ],
    types: &["double", "single", "int8", "int16", "int32", "int64", "uint8", "uint16", "logical"],
    modifiers: &["global"],
    imports: &["import", "clear", "clc", "close"],
    directives: b"",
    case: Case::Matters,
};

const STRUCTURED_TEXT: Rules = Rules {
    line_comments: &["//"],
    block_comments: &[("(*", "*)"), ("/*", "*/")],
    quotes: b"'\"",
    keywords: &[
        "program",
        "end_program",
        "function",
        "end_function",
        "function_block",
        "end_function_block",
        "var",
        "var_input",
        "var_output",
        "var_in_out",
        "var_temp",
        "var_global",
        "var_external",
        "end_var",
        "if",
        "then",
        "elsif",
        "else",
        "end_if",
        "case",
        "of",
        "end_case",
        "for",
        "to",
        "by",
        "do",
        "end_for",
        "while",
        "end_while",
        "repeat",
        "until",
        "end_repeat",
        "return",
        "exit",
        "and",
        "or",
        "xor",
        "not",
        "mod",
        "true",
        "false",
        "array",
        "struct",
        "end_struct",
        "type",
        "end_type",
        "at",
        "begin",
    ],
    types: &[
        "bool", "byte", "word", "dword", "lword", "sint", "int", "dint", "lint", "usint", "uint",
        "udint", "ulint", "real", "lreal", "time", "date", "string", "wstring",
    ],
    modifiers: &["retain", "constant", "non_retain", "persistent"],
    imports: &[],
    directives: b"{",
    case: Case::Folds,
};

impl Language {
    fn rules(self) -> &'static Rules {
        match self {
            Self::CLike => &C_LIKE,
            Self::Python => &PYTHON,
            Self::Sql => &SQL,
            Self::Verilog => &VERILOG,
            Self::Vhdl => &VHDL,
            Self::Matlab => &MATLAB,
            Self::StructuredText => &STRUCTURED_TEXT,
        }
    }
}

/// Longest keyword or built-in type that the tables hold.
const WORD_MAX: usize = 24;

/// Reads the tokens of a source of less than 4 GiB.
#[must_use]
pub fn tokens(source: &[u8], language: Language) -> Vec<Token> {
    let rules = language.rules();
    let mut reader = Reader { source, rules, language, at: 0, tokens: Vec::new(), fresh: true };
    while reader.at < source.len() {
        reader.step();
    }
    reader.tokens
}

struct Reader<'a> {
    source: &'a [u8],
    rules: &'static Rules,
    language: Language,
    at: usize,
    tokens: Vec<Token>,
    /// Whether only blanks came since the line began.
    fresh: bool,
}

impl Reader<'_> {
    fn step(&mut self) {
        let byte = self.source[self.at];
        let fresh = self.fresh;
        if byte <= b' ' {
            self.fresh |= byte == b'\n';
            self.at += 1;
            return;
        }
        self.fresh = false;
        if self.comment() {
            self.fresh = fresh;
        } else if fresh && self.rules.directives.contains(&byte) {
            self.skip_line();
        } else if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'@') || byte >= 0x80 {
            self.word(fresh);
        } else if byte.is_ascii_digit() {
            self.number();
        } else if self.rules.quotes.contains(&byte) {
            self.quoted(byte, fresh);
        } else {
            self.push(byte.into(), self.at + 1);
        }
    }

    fn push(&mut self, kind: u32, end: usize) {
        let len = end - self.at;
        self.tokens.push(Token { kind, at: self.at as u32, len: len as u32 });
        self.at = end;
    }

    fn rest(&self) -> &[u8] {
        &self.source[self.at..]
    }

    fn skip_line(&mut self) {
        // A backslash at its end carries a directive on.
        loop {
            let end = memchr::memchr(b'\n', self.rest()).map_or(self.source.len(), |n| self.at + n);
            let line = self.source[self.at..end].trim_ascii_end();
            self.at = (end + 1).min(self.source.len());
            if !line.ends_with(b"\\") || self.at == self.source.len() {
                break;
            }
        }
        self.fresh = true;
    }

    fn comment(&mut self) -> bool {
        for (open, close) in self.rules.block_comments {
            if self.rest().starts_with(open.as_bytes()) {
                let inside = self.at + open.len();
                let end = memchr::memmem::find(&self.source[inside..], close.as_bytes());
                self.at = end.map_or(self.source.len(), |n| inside + n + close.len());
                return true;
            }
        }
        for open in self.rules.line_comments {
            if self.rest().starts_with(open.as_bytes()) {
                let end = memchr::memchr(b'\n', self.rest());
                self.at = end.map_or(self.source.len(), |n| self.at + n);
                return true;
            }
        }
        false
    }

    fn word(&mut self, fresh: bool) {
        let inside =
            |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'_' | b'$') || **b >= 0x80;
        let end = self.at + 1 + self.source[self.at + 1..].iter().take_while(inside).count();
        let mut small = [0; WORD_MAX];
        let word = &self.source[self.at..end];
        let word = match small.get_mut(..word.len()) {
            Some(small) if self.rules.case == Case::Folds => {
                small.copy_from_slice(word);
                small.make_ascii_lowercase();
                &*small
            }
            _ => word,
        };
        let is = |known: &&&str| known.as_bytes() == word;
        if fresh && self.rules.imports.iter().any(|known| is(&known)) {
            let line = memchr::memchr2(b'\n', b';', self.rest());
            self.at = line.map_or(self.source.len(), |n| self.at + n + 1);
            self.fresh = true;
        } else if self.rules.modifiers.iter().any(|known| is(&known)) {
            self.at = end;
        } else if self.rules.types.iter().any(|known| is(&known)) {
            self.push(Token::TYPE, end);
        } else if let Some(n) = self.rules.keywords.iter().position(|known| is(&known)) {
            self.push(Token::KEYWORD + n as u32, end);
        } else {
            self.push(Token::IDENTIFIER, end);
        }
    }

    fn number(&mut self) {
        // Verilog writes 8'hFF, C++ 1'000.
        let mut end = self.at + 1;
        while let Some(&byte) = self.source.get(end) {
            let more = self.source.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
            let quote = byte == b'\'' && more && self.language != Language::Matlab;
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || quote) {
                break;
            }
            end += 1;
        }
        self.push(Token::NUMBER, end);
    }

    fn quoted(&mut self, quote: u8, fresh: bool) {
        if self.language == Language::Python && self.rest().starts_with(&[quote; 3]) {
            let inside = self.at + 3;
            let end = memchr::memmem::find(&self.source[inside..], &[quote; 3]);
            let end = end.map_or(self.source.len(), |n| inside + n + 3);
            if fresh {
                // A docstring is a comment.
                self.at = end;
            } else {
                self.push(Token::STRING, end);
            }
            return;
        }
        if quote == b'\'' && !self.opens_string() {
            self.at += 1;
            return;
        }
        let mut end = self.at + 1;
        while let Some(&byte) = self.source.get(end) {
            match byte {
                b'\\' if self.language != Language::Matlab => end += 1,
                b'\n' if quote != b'`' => break,
                _ if byte == quote => {
                    end += 1;
                    break;
                }
                _ => {}
            }
            end += 1;
        }
        self.push(Token::STRING, end.min(self.source.len()));
    }

    /// Whether an apostrophe opens a string; else it transposes a matrix or names a lifetime.
    fn opens_string(&self) -> bool {
        match self.language {
            Language::Matlab => {
                let before = self.at.checked_sub(1).and_then(|at| self.source.get(at));
                !before.is_some_and(|b| b.is_ascii_alphanumeric() || b")]}'._".contains(b))
            }
            Language::CLike => {
                let line = self.rest().get(1..).unwrap_or_default();
                let line = &line[..line.len().min(200)];
                memchr::memchr2(b'\'', b'\n', line).is_some_and(|n| line[n] == b'\'')
            }
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(source: &str, language: Language) -> Vec<u32> {
        tokens(source.as_bytes(), language).iter().map(|token| token.kind).collect()
    }

    #[track_caller]
    fn same(language: Language, one: &str, other: &str) {
        assert_eq!(kinds(one, language), kinds(other, language));
        assert!(!kinds(one, language).is_empty());
    }

    #[test]
    fn names_literals_comments_and_layout_vanish_in_each_language() {
        same(
            Language::CLike,
            "#include <a.h>\nimport java.util.*;\npublic static int add(int a){return a + 1; /* x */}",
            "// other\nlong sum ( long value )\n{ return value\n + 0x20; }",
        );
        same(
            Language::CLike,
            "fn f<'a>(x: &'a str) -> char { 'x' }",
            "fn g<'b>(y: &'b str) -> char { '\\n' }",
        );
        same(
            Language::Python,
            "import os\ndef f(a):\n    \"\"\"doc\"\"\"\n    return a + 'x'  # why\n",
            "def g(b):\n  return b + \"yy\"\n",
        );
        same(Language::Sql, "SELECT a FROM t WHERE x = 'y' -- c", "select B from U where z='w'");
        same(
            Language::Verilog,
            "`timescale 1ns\nalways @(posedge clk) begin q <= 8'hFF; end // c",
            "always @(posedge c) begin /* d */ r <= 4'b0; end",
        );
        same(Language::Vhdl, "Signal a : STD_LOGIC; -- c", "signal bb: std_logic ;");
        same(Language::Matlab, "x = a' * 'text'; % c", "yy = b' * \"t\";");
        same(
            Language::StructuredText,
            "IF temp > 185.0 THEN valve := TRUE; END_IF; (* c *)",
            "if t2 > 90 then v := true; end_if;",
        );
        assert_ne!(kinds("if (a) b();", Language::CLike), kinds("while (a) b();", Language::CLike));
    }

    proptest! {
        #[test]
        fn any_bytes_give_tokens_in_order_and_inside(
            source in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..300),
                "[a-f'\"`/*#%{}();\\\\\n 0-9]{0,200}".prop_map(String::into_bytes),
            ],
        ) {
            for language in [
                Language::CLike, Language::Python, Language::Sql, Language::Verilog,
                Language::Vhdl, Language::Matlab, Language::StructuredText,
            ] {
                let mut end = 0;
                for token in tokens(&source, language) {
                    prop_assert!(token.at as usize >= end && token.len > 0);
                    end = (token.at + token.len) as usize;
                }
                prop_assert!(end <= source.len());
            }
        }
    }
}
