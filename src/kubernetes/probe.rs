//! Probes of containers, and the ports they go to.

use super::Container;
use crate::yaml::Node;

/// A port that a probe goes to, and the container does not declare.
#[derive(Clone, Copy, Debug)]
pub struct UndeclaredPort<'d> {
    /// The port as the probe has it.
    pub port: Node<'d>,
    /// Whether it is a name: the kubelet then does not know where to knock. An undeclared number works.
    pub named: bool,
}

impl<'d> Container<'d> {
    /// The probe `key`: `livenessProbe`, `readinessProbe`, `startupProbe`.
    pub fn probe(&self, key: &str) -> Option<Node<'d>> {
        self.node.get(key).filter(|probe| probe.is_mapping())
    }

    /// The port of the probe `key`, if the container does not declare it.
    pub fn undeclared_probe_port(&self, key: &str) -> Option<UndeclaredPort<'d>> {
        let probe = self.probe(key).filter(|_| self.is_long_running())?;
        let handler = ["httpGet", "tcpSocket", "grpc"].iter().find_map(|handler| probe.get(handler))?;
        let port = handler.get("port").filter(|port| !port.is_null())?;
        let text = port.text().filter(|text| !super::is_placeholder(text))?;
        match port.as_i64() {
            Some(number) => {
                let declares = |own: Node<'_>| {
                    own.get("containerPort").is_none_or(|own| own.as_i64().is_none_or(|own| own == number))
                };
                (!self.items("ports").any(declares)).then_some(UndeclaredPort { port, named: false })
            }
            None => {
                let declares = |own: Node<'_>| own.get("name").and_then(Node::text) == Some(text);
                (!self.items("ports").any(declares)).then_some(UndeclaredPort { port, named: true })
            }
        }
    }
}
