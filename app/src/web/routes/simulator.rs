//! The addresses of the simulator, which is there in the demonstration only.

route!(/// The simulator; in the demonstration only.
    SimulatorHome = "/simulator");
route!(/// The letters of the demonstration.
    SimulatorLetters = "/simulator/surat");
route!(/// One phone of the simulator.
    SimulatorPhone = "/simulator/{wa_id}");
route!(/// A block of a phone's page (GET), or a step taken on it (POST).
    SimulatorPart = "/simulator/{wa_id}/{part}");
route!(/// The simulator for scripts.
    SimulatorApi = "/simulator/api/phones/{wa_id}/messages");
route!(/// A file that a phone of the simulator sent or received.
    SimulatorMedium = "/simulator/api/phones/{wa_id}/media/{media}");

impl SimulatorPhone {
    /// Its address, and which number it writes to.
    pub fn at(wa_id: &str, phone_number_id: Option<&str>) -> String {
        match phone_number_id {
            Some(to) => format!("/simulator/{wa_id}?ke={to}"),
            None => format!("/simulator/{wa_id}"),
        }
    }
}

impl SimulatorPart {
    /// Its address, and which number it is about.
    pub fn at(wa_id: &str, part: &str, phone_number_id: Option<&str>) -> String {
        match phone_number_id {
            Some(to) => format!("/simulator/{wa_id}/{part}?ke={to}"),
            None => format!("/simulator/{wa_id}/{part}"),
        }
    }
}

impl SimulatorApi {
    /// Its address.
    pub fn at(wa_id: &str) -> String {
        format!("/simulator/api/phones/{wa_id}/messages")
    }
}

impl SimulatorMedium {
    /// Its address.
    pub fn at(wa_id: &str, media: &str) -> String {
        format!("/simulator/api/phones/{wa_id}/media/{media}")
    }
}
