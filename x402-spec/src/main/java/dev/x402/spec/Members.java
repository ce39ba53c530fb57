package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of an object: immutable, in order, and never copied twice. */
final class Members extends AbstractMap<String, Json> {
    private final Map<String, Json> byName;

    private Members(Map<String, Json> byName) {
        this.byName = byName;
    }

    /** Members that nobody else will change. */
    static Members owning(Map<String, Json> byName) {
        return new Members(byName);
    }

    static Members copyOf(Map<String, Json> members) {
        if (members instanceof Members already) {
            return already;
        }
        Map<String, Json> copied = new LinkedHashMap<>();
        members.forEach((name, value) -> copied.put(requireNonNull(name, "name"), requireNonNull(value, name)));
        return owning(copied);
    }

    @Override
    public Set<Map.Entry<String, Json>> entrySet() {
        return Collections.unmodifiableMap(byName).entrySet();
    }

    @Override
    public int size() {
        return byName.size();
    }

    @Override
    public @Nullable Json get(@Nullable Object name) {
        return byName.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return byName.containsKey(name);
    }
}
