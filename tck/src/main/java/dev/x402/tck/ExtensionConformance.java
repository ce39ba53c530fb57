package dev.x402.tck;

/** Every rule for an extension and its jar. */
public interface ExtensionConformance extends ExtensionRules, PackagingRules {}
