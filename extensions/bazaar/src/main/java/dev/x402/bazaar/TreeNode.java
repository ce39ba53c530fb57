package dev.x402.bazaar;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import dev.x402.spec.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our JSON tree as the validator sees it; every look at it is counted. */
final class TreeNode implements JsonNode {
    private final Json value;
    private final String pointer;
    private final Work work;
    private @Nullable List<JsonNode> elements;
    private @Nullable Map<String, JsonNode> members;

    TreeNode(Json value, String pointer, Work work) {
        this.value = value;
        this.pointer = pointer;
        this.work = work;
    }

    /** Wraps our trees; nothing is read from text. */
    record Factory(Work work) implements JsonNodeFactory {
        @Override
        public JsonNode wrap(Object node) {
            return node instanceof TreeNode known ? known : new TreeNode((Json) node, "", work);
        }

        @Override
        public JsonNode create(String rawJson) {
            throw new UnsupportedOperationException("schemas are trees here");
        }
    }

    @Override
    public String getJsonPointer() {
        return pointer;
    }

    @Override
    public SimpleType getNodeType() {
        work.done(1);
        if (value instanceof Json.Obj) {
            return SimpleType.OBJECT;
        }
        if (value instanceof Json.Arr) {
            return SimpleType.ARRAY;
        }
        if (value instanceof Json.Str) {
            return SimpleType.STRING;
        }
        if (value instanceof Json.Bool) {
            return SimpleType.BOOLEAN;
        }
        if (value instanceof Json.Num num) {
            return isWhole(num.value()) ? SimpleType.INTEGER : SimpleType.NUMBER;
        }
        return SimpleType.NULL;
    }

    private static boolean isWhole(BigDecimal number) {
        return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public boolean asBoolean() {
        return ((Json.Bool) value).value();
    }

    /** The text; of anything else what a message shows of it. */
    @Override
    public String asString() {
        return value instanceof Json.Str str ? str.value() : value.toString();
    }

    @Override
    public BigInteger asInteger() {
        return asNumber().toBigInteger();
    }

    @Override
    public BigDecimal asNumber() {
        return ((Json.Num) value).value();
    }

    @Override
    public List<JsonNode> asArray() {
        if (elements == null) {
            List<JsonNode> made = new ArrayList<>();
            for (Json element : ((Json.Arr) value).elements()) {
                made.add(new TreeNode(element, pointer + '/' + made.size(), work));
            }
            elements = Collections.unmodifiableList(made);
        }
        work.done(elements.size());
        return elements;
    }

    @Override
    public Map<String, JsonNode> asObject() {
        if (members == null) {
            Map<String, JsonNode> made = new LinkedHashMap<>();
            ((Json.Obj) value)
                    .members()
                    .forEach((name, member) -> made.put(
                            name, new TreeNode(member, pointer + '/' + JsonNode.encodeJsonPointer(name), work)));
            members = Collections.unmodifiableMap(made);
        }
        work.done(members.size());
        return members;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreeNode node && value.equals(node.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
