//! What an office offers: services, variants, required papers, format lines.
