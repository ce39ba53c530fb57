package dev.x402.architecture.planted.helpers;

import dev.x402.architecture.planted.Breach;

/** Has a name that says nothing, in such a package, and closes a cycle. */
public final class SomethingManager {
    /** The other end of the cycle. */
    public Breach other() {
        return new Breach();
    }
}
