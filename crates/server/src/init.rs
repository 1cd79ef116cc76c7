//! `latchlet init`: a config to start from, which `latchlet serve` takes as it
//! is.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use latchlet_server::auth::secret;

/// The config of the server, with what to write where.
const SERVER: &str = include_str!("init/latchlet.jsonc");
/// The config of the box, which the page at `/demo` has too.
const BOX: &str = include_str!("../../../examples/demo/config.json");

/// Who the page at `/demo` is, and who the application of [`SERVER`] is.
const OF_DEMO: &str = "\"clientId\": \"latchlet-demo\",";
const OF_APP: &str = "\"clientId\": \"my-app\",\n  \"domain\": \"http://127.0.0.1:3000\",";

#[derive(Args)]
pub struct Init {
    /// The folder to write latchlet.jsonc and box.json into, made if there is
    /// none; what is there is never overwritten
    #[arg(default_value = ".")]
    dir: PathBuf,
}

impl Init {
    /// Writes both files, or none.
    pub fn run(self) -> ExitCode {
        match self.write() {
            Ok(config) => {
                println!(
                    "Wrote {config} and box.json beside it. Now:\n\n  \
                     latchlet serve --dev --config {config}\n\n\
                     and open http://127.0.0.1:3000/demo",
                    config = config.display()
                );
                ExitCode::SUCCESS
            }
            Err((path, error)) => {
                let advice = match error.kind() {
                    io::ErrorKind::AlreadyExists => {
                        ", and nothing is overwritten: name another folder"
                    }
                    _ => "",
                };
                eprintln!("latchlet: cannot write {}: {error}{advice}", path.display());
                ExitCode::from(2)
            }
        }
    }

    fn write(&self) -> Result<PathBuf, (PathBuf, io::Error)> {
        let config = self.dir.join("latchlet.jsonc");
        let the_box = self.dir.join("box.json");
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| (path, error)
        };
        fs::create_dir_all(&self.dir).map_err(at(&self.dir))?;
        for path in [&config, &the_box] {
            if path.try_exists().map_err(at(path))? {
                return Err(at(path)(io::ErrorKind::AlreadyExists.into()));
            }
        }
        let secret = secret::secret().map_err(|error| at(&config)(io::Error::other(error)))?;
        create(&config, &SERVER.replace("{secret}", &secret), 0o600).map_err(at(&config))?;
        create(&the_box, &BOX.replace(OF_DEMO, OF_APP), 0o644).map_err(at(&the_box))?;
        Ok(config)
    }
}

/// Makes a file, which may have secrets: others read it only by its mode.
fn create(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)?.write_all(text.as_bytes())
}
