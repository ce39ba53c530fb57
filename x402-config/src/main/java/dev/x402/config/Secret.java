package dev.x402.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** A value that is never printed. */
public final class Secret {
    private final String secretValue;

    private Secret(String secretValue) {
        this.secretValue = secretValue;
    }

    static Secret of(String value) {
        return new Secret(requireNonNull(value, "value"));
    }

    /** What this function makes of the value, such as a header. */
    public <T> T use(Function<? super String, ? extends T> function) {
        return function.apply(secretValue);
    }

    /** Says only that there is one. */
    @Override
    public String toString() {
        return "secret";
    }
}
