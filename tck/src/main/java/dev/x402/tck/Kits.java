package dev.x402.tck;

import java.util.LinkedHashSet;
import java.util.Set;

/** The kits that a test class implements. */
final class Kits {
    private Kits() {}

    static Set<Class<?>> of(Class<?> testClass) {
        Set<Class<?>> kits = new LinkedHashSet<>();
        for (Class<?> at = testClass; at != null; at = at.getSuperclass()) {
            for (Class<?> type : at.getInterfaces()) {
                if (RuleKit.class.isAssignableFrom(type)) {
                    kits.add(type);
                }
            }
        }
        return kits;
    }
}
