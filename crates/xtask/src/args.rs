//! The command line, parsed by hand: a few commands and a handful of flags need no library.

use anyhow::{Context, Result, anyhow, bail};

use crate::fuzz::Effort;

/// What `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
cargo xtask build [--dev]                       dist/chrome and dist/firefox, unpacked and loadable
cargo xtask run [--headless] [--dev] [--browser chromium|firefox]
                                                build, start two local chains and a dApp, open the browser
cargo xtask test                                everything that CI checks
cargo xtask test unit                           formatting, lints, native tests, JavaScript types
cargo xtask test fuzz [--minutes N] [--filter NAME]
                                                the fuzz targets; N minutes each instead of seconds
cargo xtask test browser [--only chromium|firefox] [--filter NAME]
cargo xtask test invariants                     what must stay true of the code and the built files
cargo xtask bench                               sizes and times, also in target/bench
cargo xtask bench soak [--minutes N]            memory and disk over 30 minutes, or N, of 50 busy tabs
cargo xtask refresh networks                    the built-in networks anew, from the packages that list them
cargo xtask package                             reproducible zips and a source archive in target/package
";

/// How much work goes into the wasm modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Fast to build, large and slow to run.
    Dev,
    /// What ships.
    Release,
}

/// A browser that the project runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// Chromium, with `dist/chrome`.
    Chromium,
    /// Firefox, with `dist/firefox`.
    Firefox,
}

impl Browser {
    /// Every browser, in the order in which they are tested.
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    /// The name used on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }
}

/// A part of `cargo xtask test`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Every part.
    All,
    /// All that needs no browser and no build.
    Unit,
    /// The fuzz targets.
    Fuzz {
        /// How long to try.
        effort: Effort,
        /// Only targets whose name contains this.
        filter: Option<String>,
    },
    /// The browser journeys.
    Browser {
        /// Only this browser.
        only: Option<Browser>,
        /// Only journeys whose name contains this.
        filter: Option<String>,
    },
    /// The invariants.
    Invariants,
}

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print [`HELP`].
    Help,
    /// Build both extension packages, unpacked.
    Build {
        /// Fast or small.
        mode: Mode,
    },
    /// The main job in a real browser.
    Run {
        /// Fast or small.
        mode: Mode,
        /// Where.
        browser: Browser,
        /// Drive the journey itself even where there is a display.
        headless: bool,
    },
    /// Checks.
    Test(Part),
    /// Figures.
    Bench,
    /// Figures that take their time.
    Soak {
        /// How long, in minutes.
        minutes: u32,
    },
    /// The built-in networks anew.
    RefreshNetworks,
    /// Archives for the stores.
    Package,
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: impl Iterator<Item = String>) -> Result<Command> {
    let mut words = Words { rest: words.collect() };
    let command = match words.next().as_deref() {
        None | Some("help" | "--help" | "-h") => Command::Help,
        Some("build") => Command::Build { mode: words.mode() },
        Some("run") => Command::Run {
            mode: words.mode(),
            headless: words.flag("--headless"),
            browser: words.browser("--browser")?.unwrap_or(Browser::Chromium),
        },
        Some("test") => Command::Test(match words.next().as_deref() {
            None => Part::All,
            Some("unit") => Part::Unit,
            Some("fuzz") => Part::Fuzz { effort: words.effort()?, filter: words.value("--filter")? },
            Some("browser") => {
                Part::Browser { only: words.browser("--only")?, filter: words.value("--filter")? }
            }
            Some("invariants") => Part::Invariants,
            Some(other) => bail!("`{other}` is no part of the tests: unit, fuzz, browser or invariants"),
        }),
        Some("bench") => match words.next().as_deref() {
            None => Command::Bench,
            Some("soak") => Command::Soak { minutes: words.minutes()?.unwrap_or(30) },
            Some(other) => bail!("`{other}` is no part of the bench: soak"),
        },
        Some("refresh") => match words.next().as_deref() {
            Some("networks") => Command::RefreshNetworks,
            _ => bail!("say what to refresh: networks"),
        },
        Some("package") => Command::Package,
        Some(other) => bail!("`{other}` is not a command; `cargo xtask help` lists them"),
    };
    match words.rest.first() {
        None => Ok(command),
        Some(word) => bail!("`{word}` is not an option of this command; `cargo xtask help` lists them"),
    }
}

/// Words not yet understood.
struct Words {
    rest: Vec<String>,
}

impl Words {
    fn next(&mut self) -> Option<String> {
        (!self.rest.is_empty()).then(|| self.rest.remove(0))
    }

    fn flag(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|word| word != name);
        self.rest.len() != before
    }

    fn mode(&mut self) -> Mode {
        if self.flag("--dev") { Mode::Dev } else { Mode::Release }
    }

    fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.rest.iter().position(|word| word == name) else { return Ok(None) };
        self.rest.remove(at);
        if at == self.rest.len() {
            bail!("{name} needs a value");
        }
        Ok(Some(self.rest.remove(at)))
    }

    fn minutes(&mut self) -> Result<Option<u32>> {
        let Some(minutes) = self.value("--minutes")? else { return Ok(None) };
        let number = minutes.parse().ok().filter(|number: &u32| (1..=10_000).contains(number));
        number.map(Some).with_context(|| format!("--minutes takes a number, not `{minutes}`"))
    }

    fn effort(&mut self) -> Result<Effort> {
        Ok(self.minutes()?.map_or(Effort::Bounded, Effort::Minutes))
    }

    fn browser(&mut self, name: &str) -> Result<Option<Browser>> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        Browser::ALL
            .into_iter()
            .find(|browser| browser.name() == value)
            .map(Some)
            .ok_or_else(|| anyhow!("{name} takes chromium or firefox, not `{value}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Browser, Command, Effort, Mode, Part, parse};

    #[test]
    fn command_lines() {
        let check = |line: &str, expected: Option<Command>| {
            let parsed = parse(line.split_whitespace().map(str::to_owned)).ok();
            assert_eq!(parsed, expected, "{line}");
        };
        check("", Some(Command::Help));
        check("build", Some(Command::Build { mode: Mode::Release }));
        check("build --dev", Some(Command::Build { mode: Mode::Dev }));
        check(
            "run --browser firefox --headless",
            Some(Command::Run { mode: Mode::Release, browser: Browser::Firefox, headless: true }),
        );
        check("run --browser lynx", None);
        check("test", Some(Command::Test(Part::All)));
        check(
            "test browser --only chromium --filter connect",
            Some(Command::Test(Part::Browser {
                only: Some(Browser::Chromium),
                filter: Some("connect".to_owned()),
            })),
        );
        check("test fuzz", Some(Command::Test(Part::Fuzz { effort: Effort::Bounded, filter: None })));
        check(
            "test fuzz --minutes 3 --filter vault",
            Some(Command::Test(Part::Fuzz { effort: Effort::Minutes(3), filter: Some("vault".to_owned()) })),
        );
        check("test fuzz --minutes 0", None);
        check("bench", Some(Command::Bench));
        check("bench soak", Some(Command::Soak { minutes: 30 }));
        check("bench soak --minutes 4", Some(Command::Soak { minutes: 4 }));
        check("bench --minutes 4", None);
        check("test browser --filter", None);
        check("test everything", None);
        check("build --fast", None);
    }
}
