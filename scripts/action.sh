#!/usr/bin/env bash
# The GitHub Action: finds or builds the program, runs it once, writes every output that was asked for.
# Inputs come as SHIPWORTHY_* variables and are used as data only: no eval, every expansion quoted.
# It must run on the bash 3.2 of macOS: no mapfile, and no empty array under `set -u`.
set -euo pipefail

fail() {
    # What a command may not contain in its data: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
    local text=${1//'%'/%25} return=$'\r' newline=$'\n'
    text=${text//$return/%0D}
    text=${text//$newline/%0A}
    printf '::error title=shipworthy::%s\n' "$text"
    output exit-code 2
    exit 2
}

# A value of more than one line would write outputs of its own.
output() {
    case $2 in *$'\n'* | *$'\r'*) return 1 ;; esac
    printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"
}

yes_or_no() {
    case $2 in
        true | false) ;;
        *) fail "the input $1 is '$2'; it wants true or false" ;;
    esac
}

# Sets `program`.
find_program() {
    case ${SHIPWORTHY_VERSION:-source} in
        source)
            command -v cargo >/dev/null || fail 'version: source needs cargo on the runner'
            local built=${RUNNER_TEMP:-$GITHUB_ACTION_PATH}/shipworthy-target
            echo '::group::Build shipworthy'
            cargo build --release --locked --manifest-path "$GITHUB_ACTION_PATH/Cargo.toml" --target-dir "$built" ||
                fail 'shipworthy could not be built'
            echo '::endgroup::'
            program=$built/release/shipworthy
            ;;
        system)
            program=$(command -v shipworthy) || fail 'version: system needs shipworthy on PATH'
            ;;
        *) fail "the input version is '$SHIPWORTHY_VERSION'; it wants source or system" ;;
    esac
}

# Sets `words` to the command line. Paths stand behind `--`, so none is taken for an option.
collect_words() {
    local word
    words=(check --no-progress --output-format "json=$scratch/report.json")
    if [[ ${SHIPWORTHY_ANNOTATIONS:-true} == true ]]; then
        words+=(--output-format github)
    else
        words+=(--output-format text)
    fi
    if [[ ${SHIPWORTHY_SUMMARY:-true} == true && -n ${GITHUB_STEP_SUMMARY:-} ]]; then
        words+=(--output-format "markdown=+$GITHUB_STEP_SUMMARY")
    fi
    [[ -z ${SHIPWORTHY_SARIF_FILE:-} ]] || words+=(--output-format "sarif=$SHIPWORTHY_SARIF_FILE")
    [[ -z ${SHIPWORTHY_FAIL_ON:-} ]] || words+=("--fail-on=$SHIPWORTHY_FAIL_ON")
    # xargs knows quotes and backslashes and expands nothing. Some run the command without input, too.
    if [[ ${SHIPWORTHY_ARGS:-} == *[![:space:]]* ]]; then
        printf '%s\n' "$SHIPWORTHY_ARGS" | xargs printf '%s\0' >"$scratch/args" ||
            fail 'the input args has a quote that is not closed'
        while IFS= read -r -d '' word; do words+=("$word"); done <"$scratch/args"
    fi
    words+=(--)
    while IFS= read -r word; do
        word=${word%$'\r'}
        [[ -z $word ]] || words+=("$word")
    done <<<"${SHIPWORTHY_PATHS:-}"
}

# Counts findings of the severities that match. The report has one key a line, and no text of a finding can hold a line
# end, so that this needs no JSON reader on the runner.
count() {
    grep -cE "^      \"severity\": \"($1)\",\$" "$scratch/report.json" || true
}

write_outputs() {
    output exit-code "$code"
    output version "$("$program" --version | cut -d ' ' -f 2)"
    if [[ -f $scratch/report.json ]]; then
        output findings "$(count '[a-z]+')"
        output errors "$(count 'critical|high')"
        output warnings "$(count 'medium|low')"
    fi
    if [[ -n ${SHIPWORTHY_SARIF_FILE:-} && -f $SHIPWORTHY_SARIF_FILE ]]; then
        output sarif-file "$(cd "$(dirname -- "$SHIPWORTHY_SARIF_FILE")" && pwd)/$(basename -- "$SHIPWORTHY_SARIF_FILE")"
    fi
}

yes_or_no annotations "${SHIPWORTHY_ANNOTATIONS:-true}"
yes_or_no summary "${SHIPWORTHY_SUMMARY:-true}"
case ${SHIPWORTHY_SARIF_FILE:-} in *$'\n'* | *$'\r'* | +*) fail 'the input sarif-file is no file name' ;; esac
cd -- "${SHIPWORTHY_WORKING_DIRECTORY:-.}" 2>/dev/null ||
    fail "the input working-directory is '${SHIPWORTHY_WORKING_DIRECTORY:-}'; there is no such folder"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
program=
find_program
collect_words
code=0
"$program" "${words[@]}" || code=$?
write_outputs
exit "$code"
