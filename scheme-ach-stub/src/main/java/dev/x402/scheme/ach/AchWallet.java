package dev.x402.scheme.ach;

import dev.x402.spi.Bytes;
import java.util.Optional;

/** A port: a payer's mandates and the key that signs under them. Safe for threads. */
public interface AchWallet {
    /** The mandate by which this originator may debit for this payee; no I/O. */
    Optional<Mandate> mandate(String originator, String payTo);

    /** The Ed25519 signature of the message, 64 bytes; the key may be in a file, a vault or another machine. */
    Bytes sign(Bytes message);
}
