package dev.x402.tck;

import dev.x402.spec.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The leaves of a JSON tree, and trees in which one of them is another. */
final class Leaves {
    private static final int LONG = 4_000;

    private Leaves() {}

    /**
     * A value that is neither object nor array.
     *
     * @param pointer JSON pointer from the root
     * @param value what stands there
     */
    record Leaf(String pointer, Json value) {}

    static List<Leaf> of(Json root) {
        List<Leaf> leaves = new ArrayList<>();
        collect("", root, leaves);
        return leaves;
    }

    /** The tree with another value at the leaf. */
    static Json.Obj with(Json.Obj root, Leaf leaf, Json value) {
        return (Json.Obj) changed("", root, leaf.pointer(), old -> value);
    }

    /** The tree with every string leaf rewritten. */
    static Json.Obj rewritten(Json.Obj root, UnaryOperator<String> text) {
        Json.Obj result = root;
        for (Leaf leaf : of(root)) {
            if (leaf.value() instanceof Json.Str str) {
                result = with(result, leaf, Json.of(text.apply(str.value())));
            }
        }
        return result;
    }

    /** The tree with the members of every object in the opposite order. */
    static Json reversed(Json tree) {
        if (tree instanceof Json.Obj obj) {
            List<Map.Entry<String, Json>> members =
                    new ArrayList<>(obj.members().entrySet());
            Map<String, Json> turned = new LinkedHashMap<>();
            for (int i = members.size() - 1; i >= 0; i--) {
                turned.put(members.get(i).getKey(), reversed(members.get(i).getValue()));
            }
            return new Json.Obj(turned);
        }
        return tree instanceof Json.Arr arr
                ? new Json.Arr(arr.elements().stream().map(Leaves::reversed).toList())
                : tree;
    }

    /** Values of the same type that differ a little: another number, one other character. */
    static List<Json> neighbours(Json value) {
        if (value instanceof Json.Num num) {
            return List.of(
                    new Json.Num(num.value().add(BigDecimal.ONE)),
                    new Json.Num(num.value().subtract(BigDecimal.ONE)));
        }
        if (value instanceof Json.Bool bool) {
            return List.of(Json.of(!bool.value()));
        }
        if (!(value instanceof Json.Str str)) {
            return List.of(Json.of("x"));
        }
        String text = str.value();
        if (text.isEmpty()) {
            return List.of(Json.of("x"));
        }
        int first = text.startsWith("0x") && text.length() > 2 ? 2 : 0;
        List<Json> near =
                new ArrayList<>(List.of(Json.of(turned(text, first)), Json.of(turned(text, text.length() / 2))));
        if (text.matches("(0x)?[0-9a-fA-F]+")) {
            near.add(Json.of(turned(text, text.length() - 1)));
        }
        return near;
    }

    /** Values that do not belong there. */
    static List<Json> strangers() {
        Json deep = Json.Obj.EMPTY;
        for (int i = 0; i < 8; i++) {
            deep = Json.array(deep);
        }
        return List.of(
                Json.Null.NULL,
                Json.of(true),
                Json.of(-1),
                new Json.Num(BigDecimal.TEN.pow(78)),
                new Json.Num(new BigDecimal("1e70")),
                new Json.Num(new BigDecimal("0.5")),
                Json.of(""),
                Json.of(" "),
                Json.of("\u0000"),
                Json.of("-1"),
                Json.of("1e9"),
                Json.of("0x"),
                Json.of("\u0660\u0661"),
                Json.of("../../etc"),
                Json.of("f".repeat(LONG)),
                Json.of("9".repeat(LONG)),
                Json.Obj.EMPTY,
                Json.array(),
                deep);
    }

    private static String turned(String text, int at) {
        return text.substring(0, at) + turned(text.charAt(at)) + text.substring(at + 1);
    }

    /** Another character of the same kind. */
    private static char turned(char c) {
        return switch (c) {
            case '9' -> '0';
            case 'f' -> 'a';
            case 'F' -> 'A';
            case 'z' -> 'a';
            case 'Z' -> 'A';
            default -> (char) (c + 1);
        };
    }

    private static void collect(String pointer, Json value, List<Leaf> leaves) {
        if (value instanceof Json.Obj obj) {
            obj.members().forEach((name, member) -> collect(pointer + "/" + escaped(name), member, leaves));
        } else if (value instanceof Json.Arr arr) {
            for (int i = 0; i < arr.elements().size(); i++) {
                collect(pointer + "/" + i, arr.elements().get(i), leaves);
            }
        } else {
            leaves.add(new Leaf(pointer, value));
        }
    }

    private static Json changed(String at, Json value, String wanted, UnaryOperator<Json> change) {
        if (at.equals(wanted)) {
            return change.apply(value);
        }
        if (value instanceof Json.Obj obj) {
            Map<String, Json> members = new LinkedHashMap<>();
            obj.members()
                    .forEach((name, member) ->
                            members.put(name, changed(at + "/" + escaped(name), member, wanted, change)));
            return new Json.Obj(members);
        }
        if (value instanceof Json.Arr arr) {
            List<Json> elements = new ArrayList<>();
            for (int i = 0; i < arr.elements().size(); i++) {
                elements.add(changed(at + "/" + i, arr.elements().get(i), wanted, change));
            }
            return new Json.Arr(elements);
        }
        return value;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
