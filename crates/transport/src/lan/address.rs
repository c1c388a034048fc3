use crate::AddressError;
use radrum_wire::limits::NAME_BYTES_MAX;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// Where another device listens, as a person typed it: `192.168.1.20:47110`, `[fe80::1]:47110`
/// or `maja-dator:47110`. Whether a device of the krets is there shows when it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LanAddress {
    host: String,
    port: u16,
}

impl FromStr for LanAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.len() > NAME_BYTES_MAX {
            return Err(AddressError::Form);
        }
        let (host, port) = text.rsplit_once(':').ok_or(AddressError::Form)?;
        let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
        let port = port.parse().unwrap_or(0);
        if !is_number || port == 0 || !is_host(host) {
            return Err(AddressError::Form);
        }
        Ok(Self {
            host: host.to_ascii_lowercase(),
            port,
        })
    }
}

fn is_host(host: &str) -> bool {
    if let Some(rest) = host.strip_prefix('[') {
        let address = rest.strip_suffix(']').map(str::parse::<Ipv6Addr>);
        return address.is_some_and(|address| address.is_ok());
    }
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let is_number = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    if host.bytes().all(is_number) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    !host.starts_with(['-', '.']) && host.bytes().all(is_letter)
}

impl fmt::Display for LanAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::LanAddress;
    use crate::AddressError;

    #[test]
    fn an_address_is_a_computer_and_a_port_and_nothing_else() {
        for text in [
            "192.168.1.20:47110",
            " 127.0.0.1:1 ",
            "[::1]:65535",
            "[fe80::1]:4711",
            "maja-dator:47110",
            "Maja.kommun.local:47110",
        ] {
            let address = text.parse::<LanAddress>().expect(text).to_string();
            assert_eq!(address, text.trim().to_ascii_lowercase());
        }
        for text in [
            "",
            ":",
            ":47110",
            "maja-dator",
            "maja-dator:",
            "maja-dator:0",
            "maja-dator:65536",
            "maja-dator:+1",
            "maja-dator:-1",
            "::1:47110",
            "[::1:47110",
            "[maja]:47110",
            "256.1.1.1:47110",
            "1.2.3:47110",
            "a@b:47110",
            "http://maja:47110",
            "maja/:47110",
            "-maja:47110",
            "maja dator:47110",
            "räl:47110",
            &format!("{}:47110", "a".repeat(240)),
        ] {
            assert_eq!(
                text.parse::<LanAddress>(),
                Err(AddressError::Form),
                "{text}"
            );
        }
    }
}
