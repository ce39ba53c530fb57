package dev.x402.config;

import dev.x402.spec.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** JSON of a tree: what is written without quotes and looks like a number, a truth or nothing is one. */
final class JsonValues {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,77})(\\.[0-9]{1,36})?");

    private JsonValues() {}

    static Json of(String path, Tree tree, Reading reading) {
        if (tree instanceof Tree.Mapping mapping) {
            Json.Obj obj = Json.Obj.EMPTY;
            for (Tree.Entry entry : mapping.entries()) {
                obj = obj.with(entry.key(), of(path + "." + entry.key(), entry.value(), reading));
            }
            return obj;
        }
        if (tree instanceof Tree.Items items) {
            List<Json> elements = new ArrayList<>();
            for (Tree item : items.items()) {
                elements.add(of(path + "[" + elements.size() + "]", item, reading));
            }
            return new Json.Arr(elements);
        }
        Tree.Text text = (Tree.Text) tree;
        return text.isNothing()
                ? Json.Null.NULL
                : new Section.Item(path, text, reading)
                        .text()
                        .map(value -> scalar(value, text.plain()))
                        .orElse(Json.Null.NULL);
    }

    private static Json scalar(String value, boolean plain) {
        if (plain && (value.equals("true") || value.equals("false"))) {
            return Json.of(value.equals("true"));
        }
        return plain && NUMBER.matcher(value).matches() ? new Json.Num(new BigDecimal(value)) : Json.of(value);
    }
}
