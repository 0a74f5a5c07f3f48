//! The workflows for sites and for releases: they follow the schemas of their hosts, and their shell steps
//! do what they promise, with a repository on this machine as the host.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yaml_rust2::{Yaml, YamlLoader};

use crate::check_requirements;
use crate::fixture::{Site, repository, text};

const GITHUB: &str = "src/starter/github/.github/workflows/portal.yml";
const GITLAB: &str = "src/starter/gitlab/.gitlab-ci.yml";

#[test]
fn the_workflows_follow_the_schemas_of_their_hosts() {
    check_requirements();
    let files: [(&str, &[&str]); 3] = [
        (
            "vendor.github-workflows",
            &[GITHUB, ".github/workflows/ci.yml", ".github/workflows/release.yml"],
        ),
        ("vendor.github-actions", &[".github/actions/milepost/action.yml"]),
        ("vendor.gitlab-ci", &[GITLAB]),
    ];
    for (schema, files) in files {
        let mut check = Command::new("python3");
        check.args(["-m", "check_jsonschema", "--builtin-schema", schema]).args(files);
        let output = check.current_dir(repository()).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stdout));
    }
}

/// Every action of other people is named by the hash of its content, because a tag can be moved.
#[test]
fn a_portal_uses_only_pinned_actions_and_few_rights() {
    check_requirements();
    for file in [GITHUB, ".github/workflows/release.yml", ".github/actions/milepost/action.yml"] {
        let workflow = fs::read_to_string(repository().join(file)).unwrap();
        for line in workflow.lines().filter(|line| line.contains("uses:")) {
            let (_, revision) = line.split_once('@').unwrap();
            let hash = revision.split(' ').next().unwrap();
            assert!(
                hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{line}"
            );
        }
        // `pull_request_target` would run a stranger's change with the rights of the project.
        assert!(!workflow.contains("pull_request_target"));
    }
    let portal = fs::read_to_string(repository().join(GITHUB)).unwrap();
    assert!(portal.contains("\npermissions:\n  contents: read\n"));
}

/// A site in a repository with a bare repository as its host, and the branch `change` with one change.
struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Project { folder };
        fs::create_dir(project.site()).unwrap();
        Site::new("").write_to(&project.site());
        project.git("init --quiet --bare --initial-branch=main ../host.git");
        project.git("init --quiet --initial-branch=main");
        project.git("remote add origin ../host.git");
        project.commit("Start");
        project.git("push --quiet origin main");
        project.git("checkout --quiet -b change");
        let commitment = project.site().join("content/commitments/2014-2015/1.toml");
        let changed = fs::read_to_string(&commitment).unwrap().replace("Promise", "A new promise");
        fs::write(&commitment, changed).unwrap();
        project.commit("Change");
        // A stand-in for cargo, which would compile the published program.
        let programs = project.folder.path().join("programs");
        fs::create_dir(&programs).unwrap();
        let install = concat!(
            "#!/bin/sh\n",
            "echo \"$@\" | grep -q '^install milepost --version 0.1.0 --locked' || exit 1\n",
            "root=\"$HOME/.cargo\"\n",
            "while [ $# -gt 0 ]; do [ \"$1\" = --root ] && root=\"$2\"; shift; done\n",
            "mkdir -p \"$root/bin\" && cp \"$MILEPOST\" \"$root/bin/milepost\"\n",
        );
        fs::write(programs.join("cargo"), install).unwrap();
        project.run("chmod +x ../programs/cargo");
        project
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn git(&self, arguments: &str) {
        self.run(&format!("git -c user.name=Editor -c user.email=e@example.org {arguments}"));
    }

    fn commit(&self, message: &str) {
        self.git("add .");
        self.git(&format!("commit --quiet --message {message}"));
    }

    #[track_caller]
    fn run(&self, script: &str) {
        let output = self.shell(script, &[]);
        assert!(output.status.success(), "{script}\n{}", text(&output.stderr));
    }

    /// Runs a script as the hosts do: it ends at the first command that fails.
    fn shell(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let home = self.folder.path();
        let path = std::env::var("PATH").unwrap();
        let mut shell = Command::new("bash");
        shell
            .args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(self.site())
            .env("HOME", home)
            .env("PATH", format!("{}/programs:{path}", home.display()))
            .env("MILEPOST", env!("CARGO_BIN_EXE_milepost"))
            .env("MILEPOST_VERSION", "0.1.0")
            .env("GITHUB_STEP_SUMMARY", home.join("summary.md"))
            .envs(variables.iter().copied());
        shell.output().unwrap()
    }

    /// Runs the shell steps of a job. Expressions of the host have these values.
    #[track_caller]
    fn run_steps(&self, steps: &[Yaml], values: &[(&str, &str)]) {
        for step in steps.iter().filter(|step| !step["run"].is_badvalue()) {
            let variables: Vec<(String, String)> = step["env"]
                .as_hash()
                .into_iter()
                .flatten()
                .map(|(name, value)| {
                    let (name, value) = (name.as_str().unwrap(), value.as_str().unwrap());
                    let known = values.iter().find(|(expression, _)| *expression == value);
                    (name.to_owned(), known.map_or(value, |(_, value)| *value).to_owned())
                })
                .collect();
            let variables: Vec<(&str, &str)> =
                variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let script = step["run"].as_str().unwrap();
            let output = self.shell(script, &variables);
            assert!(
                output.status.success(),
                "{script}\n{}{}",
                text(&output.stdout),
                text(&output.stderr)
            );
        }
    }
}

fn yaml(file: &str) -> Yaml {
    let source = fs::read_to_string(repository().join(file)).unwrap();
    YamlLoader::load_from_str(&source).unwrap().remove(0)
}

#[track_caller]
fn assert_describes_the_change(path: &Path) {
    let summary = fs::read_to_string(path).unwrap();
    assert!(
        summary.contains("A new promise") || summary.contains("A **new promise**"),
        "{summary}"
    );
}

#[track_caller]
fn assert_is_portal(folder: &Path, is_preview: bool) {
    let home = fs::read_to_string(folder.join("index.html")).unwrap();
    assert_eq!(home.contains("noindex"), is_preview);
    assert_eq!(home.contains("href=\"data/index.html\""), is_preview);
}

#[test]
fn the_workflow_of_github_checks_describes_previews_and_publishes() {
    check_requirements();
    let workflow = yaml(GITHUB);
    let project = Project::new();
    let steps = |job: &str| workflow["jobs"][job]["steps"].as_vec().unwrap().clone();
    project.run_steps(&steps("check"), &[("${{ github.base_ref }}", "main")]);
    assert_describes_the_change(&project.folder.path().join("summary.md"));
    assert_is_portal(&project.site().join("preview"), true);
    project.run_steps(&steps("publish"), &[]);
    assert_is_portal(&project.site().join("public"), false);
}

#[test]
fn a_mistake_ends_the_workflow_of_github() {
    check_requirements();
    let workflow = yaml(GITHUB);
    let project = Project::new();
    let commitment = project.site().join("content/commitments/2014-2015/1.toml");
    let changed = fs::read_to_string(&commitment).unwrap().replace("\"finance\"", "\"finanse\"");
    fs::write(&commitment, changed).unwrap();
    project.commit("Mistake");
    let steps = workflow["jobs"]["check"]["steps"].as_vec().unwrap();
    let step = |name: &str| steps.iter().find(|step| step["name"].as_str() == Some(name)).unwrap();
    project.run(step("Install Milepost")["run"].as_str().unwrap());
    let check = step("Check")["run"].as_str().unwrap();
    let output = project.shell(check, &[("BASE", "main"), ("GITHUB_ACTIONS", "true")]);
    assert_eq!(output.status.code(), Some(1));
    let annotation = "::error file=content/commitments/2014-2015/1.toml,line=";
    assert!(text(&output.stdout).contains(annotation), "{}", text(&output.stdout));
}

#[test]
fn the_pipeline_of_gitlab_checks_describes_previews_and_publishes() {
    check_requirements();
    let pipeline = yaml(GITLAB);
    let project = Project::new();
    let lines = |list: &Yaml| {
        let lines = list.as_vec().unwrap().iter().map(|line| line.as_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    };
    let before = lines(&pipeline["default"]["before_script"]);
    for job in ["check", "pages"] {
        let script = format!("{before}\n{}", lines(&pipeline[job]["script"]));
        let output = project.shell(&script, &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", "origin/main")]);
        assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    }
    assert_describes_the_change(&project.site().join("changes.md"));
    assert_is_portal(&project.site().join("preview"), true);
    assert_is_portal(&project.site().join("public"), false);
}
