package dev.x402.tck.reference;

/** A field that two registries would share. */
final class KeepsAStatic {
    static String last = "";

    private KeepsAStatic() {}
}
