package dev.x402.scheme.exact.svm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.x402.spec.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batches and answers as text; answers come from a node that may be broken. */
final class RpcJson {
    static final BigDecimal MAX_CODE = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 80;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxStringLength(HttpNode.MAX_BODY)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RpcJson() {}

    static String write(List<SvmRpc.Call> calls) {
        ArrayNode batch = NODES.arrayNode();
        for (int id = 0; id < calls.size(); id++) {
            ObjectNode call = batch.addObject();
            call.put("jsonrpc", "2.0").put("id", id).put("method", calls.get(id).method());
            call.set("params", toNode(new Json.Arr(calls.get(id).params())));
        }
        try {
            return MAPPER.writeValueAsString(batch);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("batch: expected JSON nodes only", impossible);
        }
    }

    /** The answer's tree; empty when it is no JSON. */
    static Optional<Json> read(byte[] body) {
        try {
            return Optional.of(toJson(MAPPER.readTree(body)));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static JsonNode toNode(Json value) {
        if (value instanceof Json.Obj obj) {
            ObjectNode node = NODES.objectNode();
            obj.members().forEach((name, member) -> node.set(name, toNode(member)));
            return node;
        }
        if (value instanceof Json.Arr arr) {
            ArrayNode node = NODES.arrayNode();
            arr.elements().forEach(element -> node.add(toNode(element)));
            return node;
        }
        if (value instanceof Json.Str str) {
            return NODES.textNode(str.value());
        }
        if (value instanceof Json.Num num) {
            return NODES.numberNode(num.value());
        }
        return value instanceof Json.Bool bool ? NODES.booleanNode(bool.value()) : NODES.nullNode();
    }

    private static Json toJson(JsonNode node) {
        if (node.isObject()) {
            Map<String, Json> members = new LinkedHashMap<>();
            node.properties().forEach(entry -> members.put(entry.getKey(), toJson(entry.getValue())));
            return new Json.Obj(members);
        }
        if (node.isArray()) {
            List<Json> elements = new ArrayList<>(node.size());
            node.forEach(element -> elements.add(toJson(element)));
            return new Json.Arr(elements);
        }
        if (node.isTextual()) {
            return Json.of(node.textValue());
        }
        if (node.isNumber()) {
            return new Json.Num(node.decimalValue());
        }
        return node.isBoolean() ? Json.of(node.booleanValue()) : Json.Null.NULL;
    }
}
