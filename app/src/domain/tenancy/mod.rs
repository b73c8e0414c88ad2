//! Provinces, offices and their keys, units and the people of an office.
