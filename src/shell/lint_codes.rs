//! The codes that `shell-problem` may report: one row each, read by the rule for its aliases and by the linter for
//! what to run.
//!
//! A row is the code as ShellCheck numbers it, the linter's own rule for it, when it shows, and a message. `{}` in a
//! message stands for the text at fault. When it shows:
//!
//! - `error`, `bug`: always; the text cannot do what it says. Medium and low.
//! - `syntax`: an error too, but only where the text cannot be parsed: what parses is no error of syntax.
//! - `ask`, `style`: when the rule was asked for by more than its tier. Low and info.
//! - `dash`, `ash`, `small`: in that shell only, which lacks the feature (`small`: both lack it). Always, medium.
//! - `echo`: `echo` and backslashes: always where the shell is known not to expand them, when asked for where the
//!   shell is unknown, never in dash, which expands them.
//!
//! The rows are those whose meaning was checked against ShellCheck's own: each example in the linter's rule files was
//! given to ShellCheck 0.9 and must have brought the same code. Left out are codes about files and shebangs, which
//! a RUN has not (SC1090, SC1091, SC1128, SC2096, SC2148, SC2187, SC2239), codes for zsh and templates (SC2288 and its
//! like), and those where the linter means something else by the number.

/// Hands the table to the macro `$with`.
#[macro_export]
macro_rules! shell_codes {
    ($with:ident) => {
        $with! {
            "shellcheck:SC1001" "S023" style "the backslash in `{}` does nothing here";
            "shellcheck:SC1003" "S024" style "a backslash does not escape a single quote within single quotes";
            "shellcheck:SC1007" "C024" ask "a blank after `=` sets the variable empty and makes the rest a command";
            "shellcheck:SC1010" "C027" ask "`{}` is read as a word: a `;` or a line end is missing before it";
            "shellcheck:SC1011" "S039" ask "the single quote in the text ends the quoted text";
            "shellcheck:SC1012" "S040" ask "`{}` is a letter here, not a control character: the shell drops the backslash";
            "shellcheck:SC1019" "C030" error "the test operator has nothing to compare with";
            "shellcheck:SC1020" "C031" error "a blank is missing before the closing bracket of the test";
            "shellcheck:SC1035" "C032" error "a blank is missing after `{}`";
            "shellcheck:SC1037" "C025" bug "`{}` is read as `$1` followed by a digit: write `${10}`";
            "shellcheck:SC1040" "S073" error "the end of a `<<-` heredoc may be indented with tabs only";
            "shellcheck:SC1045" "S074" syntax "`&;` is a syntax error: `&` already ends the command";
            "shellcheck:SC1046" "C034" syntax "this `if` has no `fi`";
            "shellcheck:SC1047" "C035" syntax "a `fi` is missing for this `if`";
            "shellcheck:SC1049" "C064" syntax "this `if` has no `then`";
            "shellcheck:SC1058" "X047" syntax "a `do` is missing in this loop";
            "shellcheck:SC1064" "S041" syntax "the body of a function must be in braces";
            "shellcheck:SC1065" "X035" syntax "a function's parentheses take no parameters";
            "shellcheck:SC1069" "C157" syntax "a blank is missing between the keyword and `[`";
            "shellcheck:SC1075" "C038" syntax "`else if` begins another `if`: write `elif`";
            "shellcheck:SC1078" "C039" ask "a quoted text crosses lines here: was its end forgotten?";
            "shellcheck:SC1079" "S028" style "this quote ends a text that began earlier, and something follows it directly";
            "shellcheck:SC1080" "C040" syntax "the test in `[ ]` goes on in the next line without a backslash";
            "shellcheck:SC1083" "S029" ask "`{}` is literal here: quote it if that is meant";
            "shellcheck:SC1087" "S077" ask "`{}` is the variable followed by a literal `[`: braces are needed to read an array";
            "shellcheck:SC1089" "C016" syntax "`{}` closes nothing";
            "shellcheck:SC1097" "S042" error "`{}` reads as a comparison: one `=` assigns";
            "shellcheck:SC1101" "C069" syntax "a blank follows the backslash, so the line does not go on";
            "shellcheck:SC1102" "C070" ask "`$((` is read as arithmetic: put a blank between the parentheses";
            "shellcheck:SC1105" "C071" ask "`((` is read as arithmetic: put a blank between the parentheses";
            "shellcheck:SC1110" "C072" bug "`{}` is a typographic quote, which quotes nothing";
            "shellcheck:SC1112" "C137" ask "a typographic quote stands within the text";
            "shellcheck:SC1118" "S030" bug "a blank follows the word that should end the heredoc";
            "shellcheck:SC1132" "C042" ask "`&` puts the command before it in the background: quote it if it is text";
            "shellcheck:SC1133" "S072" syntax "the line begins with an operator: it belongs at the end of the line before";
            "shellcheck:SC2001" "S044" style "the shell's own `${name//old/new}` can do what this `sed` does";
            "shellcheck:SC2002" "" style "`cat` is not needed: give the file to the next command";
            "shellcheck:SC2003" "P001" style "`expr` is not needed: `$(( ))` calculates";
            "shellcheck:SC2004" "S045" style "`$` is not needed within arithmetic";
            "shellcheck:SC2005" "S009" style "`echo` around a command substitution does nothing: run the command itself";
            "shellcheck:SC2006" "S005" style "backticks nest badly: write `$(...)`";
            "shellcheck:SC2007" "S006" style "`$[ ]` is obsolete: write `$(( ))`";
            "shellcheck:SC2009" "S012" style "`pgrep` finds processes without `ps` and `grep`";
            "shellcheck:SC2010" "S013" ask "the output of `ls` goes through `grep`: a glob lists files by name";
            "shellcheck:SC2011" "S046" ask "the output of `ls` goes to `xargs`, which breaks on blanks in names";
            "shellcheck:SC2012" "S047" style "the output of `ls` is for people: `find` or a glob lists files for programs";
            "shellcheck:SC2013" "C011" ask "the loop goes over words, not lines: use `while read`";
            "shellcheck:SC2014" "C078" ask "the shell expands this once, before `find` runs";
            "shellcheck:SC2015" "C010" ask "`a && b || c` is no if-then-else: `c` also runs when `b` fails";
            "shellcheck:SC2016" "C005" ask "single quotes keep `{}` from being expanded";
            "shellcheck:SC2018" "X028" style "`a-z` leaves out accented letters: write `[:lower:]`";
            "shellcheck:SC2019" "X029" style "`A-Z` leaves out accented letters: write `[:upper:]`";
            "shellcheck:SC2021" "S049" ask "`tr` takes the brackets in `{}` as characters";
            "shellcheck:SC2022" "C080" ask "`*` in a regular expression repeats what is before it, unlike in a glob";
            "shellcheck:SC2024" "C015" ask "`sudo` does not reach the redirection: the shell opens the file";
            "shellcheck:SC2026" "S050" ask "this word stands between quoted texts: was the quote meant to go on?";
            "shellcheck:SC2027" "S070" ask "the quotes around the variable end the text around it, and leave it unquoted";
            "shellcheck:SC2028" "X030" echo "`echo` does not expand backslashes in this shell: write `printf`";
            "shellcheck:SC2029" "K002" ask "`{}` expands here, not on the host that `ssh` goes to";
            "shellcheck:SC2030" "C150" ask "the variable is changed in a subshell and keeps its old value outside of it";
            "shellcheck:SC2031" "C155" ask "the variable was changed in a subshell, and the change is lost here";
            "shellcheck:SC2034" "C001" ask "the variable `{}` is set and never used";
            "shellcheck:SC2035" "C012" ask "names that `{}` finds may begin with a dash and be taken for options: write `./{}`";
            "shellcheck:SC2038" "C007" ask "`find | xargs` breaks on blanks in names: use `-print0` and `xargs -0`, or `-exec`";
            "shellcheck:SC2043" "S020" ask "the loop runs only once, over a fixed word";
            "shellcheck:SC2044" "C013" ask "a loop over the output of `find` breaks on blanks in names";
            "shellcheck:SC2045" "S003" ask "a loop over the output of `ls` breaks on blanks in names: use a glob";
            "shellcheck:SC2046" "S004" ask "the output of `{}` is split into words and expanded as globs: quote it";
            "shellcheck:SC2048" "S014" ask "`{}` splits and joins the arguments anew: write `\"$@\"`";
            "shellcheck:SC2050" "C017" bug "both sides of the test `{}` are fixed, so it always gives the same: was a `$` forgotten?";
            "shellcheck:SC2053" "C081" ask "the right side `{}` is taken as a glob: quote it to compare text";
            "shellcheck:SC2054" "C151" bug "elements of an array are separated by blanks, not by commas";
            "shellcheck:SC2057" "C082" error "`{}` is no test operator";
            "shellcheck:SC2059" "S007" ask "a variable in `printf`'s format is read as format: write `printf '%s'`";
            "shellcheck:SC2060" "S051" ask "the shell may expand `{}` as a glob before `tr` sees it: quote it";
            "shellcheck:SC2061" "C083" ask "the shell may expand `{}` as a glob before `find` sees it: quote it";
            "shellcheck:SC2062" "C084" ask "the shell may expand `{}` as a glob before `grep` sees it: quote it";
            "shellcheck:SC2063" "S067" ask "`grep` takes a regular expression, but `{}` looks like a glob";
            "shellcheck:SC2064" "C008" ask "double quotes expand the trap's command now, not when the trap runs";
            "shellcheck:SC2066" "S015" bug "the quotes make one word of the list, so the loop runs once";
            "shellcheck:SC2068" "S008" ask "`{}` is not quoted, so its elements are split again";
            "shellcheck:SC2069" "C085" bug "`2>&1` comes before the redirection of standard output, so errors still go to the old place";
            "shellcheck:SC2070" "S052" bug "`-n` is always true when its variable is not quoted";
            "shellcheck:SC2071" "C086" bug "`<` and `>` compare texts: numbers take `-lt` and `-gt`";
            "shellcheck:SC2072" "C087" bug "the shell cannot compare numbers with decimals";
            "shellcheck:SC2076" "C009" ask "a quoted right side of `=~` is text, not a regular expression";
            "shellcheck:SC2080" "C023" bug "a number that begins with 0 is octal";
            "shellcheck:SC2081" "C090" bug "`[ ]` does not match globs: use `case` or `[[ ]]`";
            "shellcheck:SC2086" "S001" ask "`{}` is not quoted: its value is split into words and expanded as globs";
            "shellcheck:SC2088" "C091" bug "`~` is not expanded within quotes: write `$HOME`";
            "shellcheck:SC2089" "C130" ask "quotes stored in a variable are literal when it is used";
            "shellcheck:SC2090" "C131" ask "quotes in the value of `{}` are literal";
            "shellcheck:SC2091" "C092" ask "the output of `{}` is run as a command: drop `$(` and `)` if only the command is meant";
            "shellcheck:SC2092" "C093" ask "the output of `{}` is run as a command: drop the backticks if only the command is meant";
            "shellcheck:SC2094" "C094" ask "the same file is read and written in one pipeline: it may be emptied before it is read";
            "shellcheck:SC2097" "S071" bug "the assignment before the command is seen by the command only, not by the expansions in its line";
            "shellcheck:SC2098" "C132" bug "`{}` still has its old value here: the assignment before the command reaches the command only";
            "shellcheck:SC2100" "C095" ask "`=` does not calculate: write `$(( ))`";
            "shellcheck:SC2102" "C096" ask "the brackets of a glob stand for one character, not for a word";
            "shellcheck:SC2103" "C125" style "`cd` and back: a subshell keeps the folder by itself";
            "shellcheck:SC2104" "C126" error "`{}` stands in a function outside of a loop: write `return`";
            "shellcheck:SC2105" "C018" ask "`{}` stands outside of a loop";
            "shellcheck:SC2112" "X052" dash "dash has no keyword `function`";
            "shellcheck:SC2113" "X004" dash "dash has no keyword `function`";
            "shellcheck:SC2115" "K001" ask "when the variable is empty, `{}` is a folder of the system: write `${name:?}`";
            "shellcheck:SC2116" "S016" style "`echo` in a command substitution does nothing: use the text itself";
            "shellcheck:SC2117" "S054" ask "what follows `su` runs as the old user, after `su` ends: use `su -c`";
            "shellcheck:SC2119" "C123" style "the function uses its arguments, and gets none here";
            "shellcheck:SC2120" "C097" style "the function uses arguments that nobody gives it";
            "shellcheck:SC2121" "C098" ask "`set` assigns no variable: write `name=value`";
            "shellcheck:SC2124" "C099" ask "a list is assigned to a single variable and becomes one text";
            "shellcheck:SC2125" "S055" ask "the glob is stored as it stands, and expanded only where the variable is used";
            "shellcheck:SC2126" "P002" style "`grep -c` counts without `wc -l`";
            "shellcheck:SC2127" "X005" small "this shell has no `;&` in `case`";
            "shellcheck:SC2128" "C100" ask "an array without an index gives its first element only";
            "shellcheck:SC2129" "S075" style "several commands write to one file: group them and redirect once";
            "shellcheck:SC2139" "S056" ask "the alias is expanded now, not when it is used";
            "shellcheck:SC2140" "S076" ask "the quotes within the quoted text end it: escape them, or use single quotes";
            "shellcheck:SC2141" "C101" ask "`IFS` holds a literal backslash: write `$'\\n'`";
            "shellcheck:SC2142" "S057" bug "an alias takes no arguments: make it a function";
            "shellcheck:SC2143" "S019" style "`grep -q` tells whether there is a match without its output";
            "shellcheck:SC2144" "C102" ask "a file test takes one name, but `{}` may find several";
            "shellcheck:SC2145" "S021" ask "the list is joined with the text around it, at its first and last element";
            "shellcheck:SC2146" "C103" ask "the action belongs to the last branch of `-o` only: group with `\\( \\)`";
            "shellcheck:SC2153" "C156" ask "`{}` is set nowhere here: is another variable of a similar name meant?";
            "shellcheck:SC2154" "C006" ask "the variable `{}` is used and never set";
            "shellcheck:SC2155" "S010" ask "the exit status of the command is lost: assign first, then export";
            "shellcheck:SC2156" "K004" ask "a file's name becomes code where `find` puts it into the text of `sh -c`: pass it as an argument";
            "shellcheck:SC2157" "C019" bug "the test is of a fixed text, so it always gives the same: was a `$` forgotten?";
            "shellcheck:SC2162" "S002" ask "`read` without `-r` drops backslashes";
            "shellcheck:SC2163" "C105" ask "`{}` exports the variable that the value names: drop the `$`";
            "shellcheck:SC2164" "C004" ask "nothing handles a failing `{}`: the commands after it run in the wrong folder";
            "shellcheck:SC2166" "S011" ask "`-a` and `-o` in a test are ambiguous: write two tests with `&&` or `||`";
            "shellcheck:SC2168" "C014" error "`local` works only in a function";
            "shellcheck:SC2172" "S068" style "signals are named differently from system to system: write names, not numbers";
            "shellcheck:SC2178" "C133" ask "the array becomes a text here";
            "shellcheck:SC2181" "C107" style "test the command itself instead of `$?`";
            "shellcheck:SC2184" "C108" ask "the shell may expand the index as a glob: quote it";
            "shellcheck:SC2185" "" style "not every `find` looks in the current folder by itself: write `find .`";
            "shellcheck:SC2186" "S059" style "`tempfile` is obsolete: use `mktemp`";
            "shellcheck:SC2194" "C021" ask "the word of this `case` is fixed: was a `$` forgotten?";
            "shellcheck:SC2195" "X078" ask "this pattern can never match";
            "shellcheck:SC2196" "S060" style "`egrep` is obsolete: write `grep -E`";
            "shellcheck:SC2197" "S061" style "`fgrep` is obsolete: write `grep -F`";
            "shellcheck:SC2198" "C111" ask "a test compares one text, but `{}` is a list";
            "shellcheck:SC2199" "C112" ask "a test compares one text, but the array `{}` is a list";
            "shellcheck:SC2206" "S017" ask "`{}` is split and expanded as globs where an element is meant: quote it";
            "shellcheck:SC2207" "S018" ask "the output is split and expanded as globs: use `mapfile` or `read -a`";
            "shellcheck:SC2209" "S032" ask "`{}` is assigned as text: write `$(...)` if the command's output is meant";
            "shellcheck:SC2210" "C043" bug "`{}` writes to a file named by a number: was `>&` meant?";
            "shellcheck:SC2211" "C044" ask "a glob is used as the name of a command";
            "shellcheck:SC2212" "C022" bug "the test is empty, so it always fails";
            "shellcheck:SC2213" "C134" ask "an option of `getopts` is not handled in the `case`";
            "shellcheck:SC2214" "C135" ask "the `case` handles an option that `getopts` does not read";
            "shellcheck:SC2215" "C045" bug "`{}` is read as a command: was a continuation forgotten in the line before?";
            "shellcheck:SC2216" "C046" bug "the command after the pipe does not read its input: `xargs` passes it as arguments";
            "shellcheck:SC2217" "S033" bug "`echo` does not read its input: write `cat`";
            "shellcheck:SC2218" "C161" bug "the function is called before it is defined";
            "shellcheck:SC2219" "S022" style "write `(( ))` instead of `let`";
            "shellcheck:SC2220" "S069" ask "`getopts` finds wrong options and nothing handles them";
            "shellcheck:SC2221" "C128" ask "this pattern also matches what a later one is for";
            "shellcheck:SC2222" "C129" ask "this pattern never matches: an earlier one takes it";
            "shellcheck:SC2223" "S062" style "`{}` may expand a large glob: quote it";
            "shellcheck:SC2231" "C114" ask "`{}` in the glob is not quoted: blanks in it split the glob";
            "shellcheck:SC2235" "P004" style "parentheses start a subshell: group with braces";
            "shellcheck:SC2238" "C059" bug "the output goes to a file that is named like a command: was a pipe meant?";
            "shellcheck:SC2240" "X042" ask "`.` passes no arguments in this shell";
            "shellcheck:SC2242" "C047" error "`exit` takes a number";
            "shellcheck:SC2252" "C049" bug "the condition is always true: with `!=` it takes `&&`";
            "shellcheck:SC2254" "C048" ask "`{}` is taken as a glob: quote it to match text";
            "shellcheck:SC2257" "C050" ask "the change of the variable may be lost: calculate before redirecting";
            "shellcheck:SC2260" "C119" bug "the redirection takes the output from the pipe";
            "shellcheck:SC2261" "C051" bug "one output is redirected twice, and only the last counts";
            "shellcheck:SC2267" "S064" style "`xargs -i` is obsolete: write `-I`";
            "shellcheck:SC2268" "S065" style "the `x` before the variable is not needed: quote the variable";
            "shellcheck:SC2270" "C116" ask "positional parameters cannot be assigned: use `set --`";
            "shellcheck:SC2276" "C117" ask "`{}` is no assignment: a name holds letters, digits and `_` only";
            "shellcheck:SC2282" "C140" error "a variable's name cannot begin with a digit: `{}` is run as a command";
            "shellcheck:SC2291" "S037" style "blanks between arguments are not kept: quote the text";
            "shellcheck:SC2294" "K003" ask "`eval` makes one text of the list: write `\"$@\"` or `eval \"$*\"`";
            "shellcheck:SC2295" "C055" ask "the value of `{}` is taken as a pattern: quote it";
            "shellcheck:SC2308" "C120" style "`expr` is not the same everywhere: use `${#name}`, `${name#pattern}` and `case`";
            "shellcheck:SC2309" "C121" bug "`-eq` compares numbers, and a text is taken as a variable's name: write `=`";
            "shellcheck:SC2316" "S066" error "`local` and `declare` in one command make a variable of the second word";
            "shellcheck:SC2317" "C124" ask "nothing leads to this command";
            "shellcheck:SC2318" "C136" bug "the value is the one from before this line: an earlier assignment in one `local` is not yet seen";
            "shellcheck:SC2319" "C056" ask "`$?` is the status of the test here, not of the command before it";
            "shellcheck:SC2323" "S035" style "the index is arithmetic already: `$(( ))` is not needed";
            "shellcheck:SC3001" "X006" dash "dash has no process substitution";
            "shellcheck:SC3002" "X054" small "this shell has no extended globs";
            "shellcheck:SC3003" "X007" dash "dash does not know `$'...'`: the dollar sign stays";
            "shellcheck:SC3004" "X055" small "this shell does not know `$\"...\"`: the dollar sign stays";
            "shellcheck:SC3005" "X056" small "this shell has no `for ((`";
            "shellcheck:SC3006" "X008" dash "dash has no `((...))`";
            "shellcheck:SC3007" "X057" dash "dash has no `$[...]`: write `$((...))`";
            "shellcheck:SC3008" "X009" small "this shell has no `select`";
            "shellcheck:SC3009" "X010" small "this shell does not expand `{}`: the braces stay";
            "shellcheck:SC3010" "X001" dash "dash has no `[[`: use `[`";
            "shellcheck:SC3011" "X011" small "this shell has no `<<<`";
            "shellcheck:SC3014" "X002" dash "dash does not know `==` in `[`: write `=`";
            "shellcheck:SC3018" "X062" dash "dash has no `++` and `--` in arithmetic";
            "shellcheck:SC3020" "X012" dash "dash reads `&>` as `&` and `>`: write `> file 2>&1`";
            "shellcheck:SC3021" "X063" dash "dash takes what follows `>&` as a number: write `> file 2>&1`";
            "shellcheck:SC3022" "X020" small "this shell has no named file descriptors";
            "shellcheck:SC3024" "X045" small "this shell has no `+=`";
            "shellcheck:SC3029" "X066" small "this shell has no `|&`: write `2>&1 |`";
            "shellcheck:SC3030" "X013" small "this shell has no arrays";
            "shellcheck:SC3032" "X014" small "this shell has no coprocesses";
            "shellcheck:SC3033" "X067" dash "dash takes letters, digits and `_` only in a function's name";
            "shellcheck:SC3034" "X026" dash "dash has no `$(< file)`: write `$(cat file)`";
            "shellcheck:SC3037" "X027" dash "dash prints the option of `echo`: write `printf`";
            "shellcheck:SC3039" "X015" dash "dash has no `let`: write `$((...))`";
            "shellcheck:SC3040" "X021" dash "dash has no such option of `set -o`, so the command fails: name bash with SHELL";
            "shellcheck:SC3044" "X016" small "this shell has no such command";
            "shellcheck:SC3045" "X022" dash "dash does not know this option of the command";
            "shellcheck:SC3046" "X031" dash "dash has no `source`: write `.`";
            "shellcheck:SC3047" "X017" small "this shell cannot trap this event";
            "shellcheck:SC3048" "X069" dash "dash knows signals without `SIG` only";
            "shellcheck:SC3050" "X032" dash "dash's `printf` has no `%q`";
            "shellcheck:SC3052" "X070" dash "dash has no numbers with a base";
            "shellcheck:SC3053" "X018" small "this shell has no `${!name}`";
            "shellcheck:SC3054" "X019" small "this shell has no arrays";
            "shellcheck:SC3055" "X071" small "this shell has no arrays";
            "shellcheck:SC3057" "X023" dash "dash has no `${name:from:length}`";
            "shellcheck:SC3059" "X024" small "this shell has no `${name^}` and `${name,}`";
            "shellcheck:SC3060" "X025" dash "dash has no `${name/old/new}`";
            "shellcheck:SC3061" "S036" dash "dash's `read` needs the name of a variable";
        }
    };
}
