//! The names that files may have: the types of files that are published unchanged, and the names that
//! belong to devices or to other programs.

/// The types of files that may be in `content/files/`, by what they contain. No browser or server runs
/// them, and every common server knows their media types, so that no browser has to guess. This is
/// not true of SVG and other XML, which can contain scripts.
pub const FILE_TYPES: [(&str, &[&str]); 6] = [
    ("documents", &["pdf", "doc", "docx", "odt", "ppt", "pptx", "odp", "rtf", "txt", "epub"]),
    ("tables and data", &["csv", "tsv", "xls", "xlsx", "ods", "json"]),
    ("images", &["jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "bmp"]),
    ("archives", &["zip", "7z", "tar", "tgz", "gz", "bz2", "xz"]),
    ("audio", &["mp3", "m4a", "ogg", "oga", "wav", "flac"]),
    ("video", &["mp4", "m4v", "webm", "ogv", "mov", "mpg", "mpeg", "avi"]),
];

/// Whether a file with this name can be published unchanged. A compressed file must contain a file of an
/// allowed type: a server can send it as that file. Some servers look at every extension of a name,
/// so none may be that of a program.
pub fn is_harmless(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut extensions: Vec<&str> = name.split('.').skip(1).map(str::trim).collect();
    let is_program = |extension: &&str| {
        extension.starts_with("php") || matches!(*extension, "phtml" | "pht" | "phar" | "shtml")
    };
    if extensions.iter().any(is_program) {
        return false;
    }
    let is_allowed = |extension: &str| FILE_TYPES.iter().any(|(_, all)| all.contains(&extension));
    // Without `trim`: a space after an extension makes it another one.
    let last = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.pop();
    let is_compressed = matches!(last, "gz" | "bz2" | "xz");
    let content = extensions.last().copied().unwrap_or_default();
    is_allowed(last) && (!is_compressed || is_allowed(content))
}

/// Whether a file of `content/root/` is one that hosts and browsers look for by its name.
pub fn is_host_file(path: &str) -> bool {
    ["root/CNAME", "root/favicon.ico", "root/.well-known/security.txt", "root/humans.txt"]
        .contains(&path)
}

/// The folder of a site that contains fonts for share images.
pub const FONTS_FOLDER: &str = "fonts";

/// The largest number of fonts that a site can have.
pub const MAX_FONTS: usize = 16;

/// Whether a file of the site is a font for share images, by its path relative to the site folder.
pub fn is_font(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.starts_with("fonts/") && [".ttf", ".otf"].iter().any(|ending| path.ends_with(ending))
}

/// Lists the types of [`FILE_TYPES`] as a Markdown list.
pub fn file_type_list() -> String {
    let line = |(content, extensions): &(&str, &[&str])| {
        let extensions: Vec<String> =
            extensions.iter().map(|extension| format!("`.{extension}`")).collect();
        format!("- {content}: {}\n", extensions.join(", "))
    };
    FILE_TYPES.iter().map(line).collect()
}

/// Whether Windows keeps a name for a device, with any extension and in any case. The digits of ports
/// may be superscript.
pub fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |rest: &str| {
        let mut digits = rest.chars();
        let digit = digits.next();
        digits.next().is_none()
            && digit.is_some_and(|digit| digit.is_ascii_digit() || "¹²³".contains(digit))
    };
    let is_port = ["com", "lpt"].iter().any(|port| stem.strip_prefix(port).is_some_and(is_port));
    is_port || matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
}

/// Whether a file with this name was left behind by another program: by Windows, macOS, an office
/// program, a browser or an editor.
pub fn is_left_over(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_system_file = matches!(
        name.as_str(),
        "thumbs.db"
            | "ehthumbs.db"
            | "ehthumbs_vista.db"
            | "desktop.ini"
            | "__macosx"
            | "$recycle.bin"
            | "system volume information"
    );
    let endings =
        [".tmp", ".temp", ".bak", ".lnk", ".part", ".partial", ".crdownload", ".download"];
    let is_temporary = name.starts_with("~$") || name.starts_with("~wrl");
    is_system_file || is_temporary || endings.iter().any(|ending| name.ends_with(ending))
}

/// What Milepost does with a file by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameUse {
    /// It reads the file.
    Read,
    /// It skips a file that an editor keeps while it works, or that Git needs.
    Skip,
    /// It skips the file, and says so: the name begins with a dot, which hides a file.
    SkipHidden,
}

/// What Milepost does with a file or folder that has this name.
pub fn use_of_name(name: &str) -> NameUse {
    let is_copy = name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    let is_vim_copy = [".swp", ".swo", ".swx"].iter().any(|ending| name.ends_with(ending));
    let is_lock = name.starts_with(".#") || name.starts_with(".~lock.");
    let is_of_git = matches!(name, ".gitkeep" | ".gitignore" | ".gitattributes");
    match name.starts_with('.') {
        _ if is_copy => NameUse::Skip,
        true if is_vim_copy || is_lock || is_of_git => NameUse::Skip,
        // Hosts look for the folder by this name (RFC 8615).
        true if name == ".well-known" => NameUse::Read,
        true => NameUse::SkipHidden,
        false => NameUse::Read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_nothing_runs_are_harmless() {
        for name in ["a.pdf", "A b.PDF", "v1.2.docx", "a.csv.gz", "a.tar.xz", "Decree No. 3.jpg"] {
            assert!(is_harmless(name), "{name}");
        }
        for name in [
            "a",
            "a.",
            "a.pdf ",
            "a.pdf.",
            ".pdf.html",
            "a.svg",
            "a.svgz",
            "a.xml",
            "a.rdf",
            "a.mathml",
            "a.kml",
            "a.gml",
            "a.atom",
            "a.rss",
            "a.xsd",
            "a.wsdl",
            "a.html.mn",
            "a.php8",
            "a.PhP.pdf",
            "a.shtml.pdf",
            "a.phar",
            "a.aspx",
            "a.jsp",
            "a.cgi",
            "a.py",
            "a.wasm",
            "a.html.gz",
            "a.gz",
            "a.svg.br",
            "a.exe",
            "a.unknown",
            "web.config",
            "a.pdf.htaccess",
        ] {
            assert!(!is_harmless(name), "{name}");
        }
    }

    #[test]
    fn names_of_devices_have_any_case_and_extension() {
        for name in ["con", "Con.1", "aux.toml", "NUL.tar.gz", "com5", "COM0", "LPT¹", "lpt9 .txt"]
        {
            assert!(is_device_name(name), "{name}");
        }
        for name in ["console", "a.con", "com", "com10", "lpt", "auxiliary.toml", "1", ""] {
            assert!(!is_device_name(name), "{name}");
        }
    }

    #[test]
    fn files_of_other_programs_are_left_over() {
        for name in ["Thumbs.db", "desktop.ini", "~$decree.docx", "~WRL0001.tmp", "a.pdf.bak"] {
            assert!(is_left_over(name), "{name}");
        }
        for name in ["thumbs.pdf", "a~b.pdf", "desktop.pdf"] {
            assert!(!is_left_over(name), "{name}");
        }
        for (name, expected) in [
            (".hidden.pdf", NameUse::SkipHidden),
            (".DS_Store", NameUse::SkipHidden),
            (".a.toml.swp", NameUse::Skip),
            (".~lock.a.ods#", NameUse::Skip),
            (".gitkeep", NameUse::Skip),
            ("a.toml~", NameUse::Skip),
            ("#a.toml#", NameUse::Skip),
            ("a.toml", NameUse::Read),
        ] {
            assert_eq!(use_of_name(name), expected, "{name}");
        }
    }
}
