package dev.x402.tck;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A rule as its method declares it. */
record Rule(Method method, SpecRule spec) {
    static Optional<Rule> of(Method method) {
        return Optional.ofNullable(method.getAnnotation(SpecRule.class)).map(spec -> new Rule(method, spec));
    }

    /** The rules of a kit and of its parts, in the order of their ids. */
    static List<Rule> all(Class<?> kit) {
        return Arrays.stream(kit.getMethods())
                .flatMap(method -> of(method).stream())
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    String id() {
        return spec.id();
    }

    /** Such as {@code x402-verify-05}, its place in RULES.md. */
    String anchor() {
        return id().toLowerCase(Locale.ROOT);
    }

    boolean isUntested() {
        return !spec.untested().isEmpty();
    }
}
