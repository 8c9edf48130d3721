use super::*;

fn mapped(text: &str) -> MappedText {
    let mut mapped = MappedText::default();
    mapped.push(text, 0);
    mapped
}

fn parse(text: &str) -> Script {
    Script::parse(&mapped(text), Dialect::Posix)
}

/// `sudo>apt-get install x` for each command.
fn shown(script: &Script) -> Vec<String> {
    let show = |command: &Command| {
        let wrappers: String = command.wrappers.iter().map(|wrapper| format!("{}>", wrapper.name)).collect();
        let args = command.args.iter().map(|word| word.literal().map_or(format!("<{}>", word.raw), str::to_owned));
        let words: Vec<_> = std::iter::once(command.program().to_owned()).chain(args).collect();
        format!("{wrappers}{}", words.join(" "))
    };
    script.commands.iter().map(show).collect()
}

#[test]
fn probe() {
    for text in std::env::var("PROBE").unwrap_or_default().split("@@") {
        println!("{:#?}\n{:?}", shown(&parse(text)), parse(text));
    }
}
