package dev.x402.spec;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * Reads and writes one kind of message, as JSON and as base64 in a header.
 *
 * <p>Pure and safe for threads. What is read is bounded before it is looked at: the size of the document, then depth
 * (16), members of an object (64), elements of an array (64), characters of a string (4096) and of a number (80), values
 * in all (2048).
 *
 * <p>Whatever arrives, reading throws nothing but {@link MalformedMessageException}. Members that this version does not
 * know, and {@code null} in place of an optional member, are kept and written back.
 *
 * @param <T> the message
 */
public final class Codec<T> {
    private static final int PAYER_HEADER = 8 * 1024;
    private static final int SELLER_HEADER = 64 * 1024;
    private static final int DOCUMENT = 64 * 1024;
    private static final int ELEMENTS = 64;
    private static final int LISTED = 256;

    /** The challenge, in {@code PAYMENT-REQUIRED} or a body; 64 KiB. */
    public static final Codec<PaymentRequired> PAYMENT_REQUIRED =
            new Codec<>(SELLER_HEADER, ELEMENTS, PaymentMessages::readRequired, PaymentMessages::writeRequired);

    /** The payment, in {@code PAYMENT-SIGNATURE} (8 KiB of base64) or a body. */
    public static final Codec<PaymentPayload> PAYMENT_PAYLOAD =
            new Codec<>(PAYER_HEADER, ELEMENTS, PaymentMessages::readPayload, PaymentMessages::writePayload);

    /** One offer alone, for storing; {@code "0"} is an amount here. */
    public static final Codec<PaymentRequirements> PAYMENT_REQUIREMENTS =
            new Codec<>(PAYER_HEADER, ELEMENTS, PaymentMessages::readRequirements, PaymentMessages::writeRequirements);

    /** The body of {@code POST /verify} and {@code POST /settle}; 64 KiB. */
    public static final Codec<FacilitatorRequest> FACILITATOR_REQUEST = new Codec<>(
            PAYER_HEADER, ELEMENTS, PaymentMessages::readFacilitatorRequest, PaymentMessages::writeFacilitatorRequest);

    /** The answer to {@code POST /verify}; 64 KiB. */
    public static final Codec<VerifyResponse> VERIFY_RESPONSE =
            new Codec<>(SELLER_HEADER, ELEMENTS, Answers::readVerify, Answers::writeVerify);

    /** The answer to {@code POST /settle}, and the receipt in {@code PAYMENT-RESPONSE}; 64 KiB. */
    public static final Codec<SettleResponse> SETTLE_RESPONSE =
            new Codec<>(SELLER_HEADER, ELEMENTS, Answers::readSettle, Answers::writeSettle);

    /** The answer to {@code GET /supported}; 64 KiB, arrays of up to 256 elements. */
    public static final Codec<SupportedResponse> SUPPORTED_RESPONSE =
            new Codec<>(SELLER_HEADER, LISTED, Answers::readSupported, Answers::writeSupported);

    /** A page of {@code GET /discovery/resources}; 64 KiB, arrays of up to 256 elements. */
    public static final Codec<DiscoveryResponse> DISCOVERY_RESPONSE =
            new Codec<>(SELLER_HEADER, LISTED, Discovery::readPage, Discovery::writePage);

    /** A page of {@code GET /discovery/search}; 64 KiB, arrays of up to 256 elements. */
    public static final Codec<DiscoverySearchResponse> DISCOVERY_SEARCH_RESPONSE =
            new Codec<>(SELLER_HEADER, LISTED, Discovery::readSearch, Discovery::writeSearch);

    /** Any JSON value, as a tree; 64 KiB, 8 KiB in a header. */
    public static final Codec<Json> JSON = with(JsonCursor::value, json -> json);

    private final int maxHeader;
    private final int maxElements;
    private final Function<JsonCursor, T> reader;
    private final Function<T, Json> writer;

    private Codec(int maxHeader, int maxElements, Function<JsonCursor, T> reader, Function<T, Json> writer) {
        this.maxHeader = maxHeader;
        this.maxElements = maxElements;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * A codec for a message of one's own, with the limits of a payment: 64 KiB, 8 KiB in a header.
     *
     * @param reader throws nothing but {@link MalformedMessageException}
     * @param writer the inverse
     */
    public static <T> Codec<T> with(Function<JsonCursor, T> reader, Function<T, Json> writer) {
        return new Codec<>(PAYER_HEADER, ELEMENTS, requireNonNull(reader, "reader"), requireNonNull(writer, "writer"));
    }

    /**
     * Reads a JSON document.
     *
     * @throws MalformedMessageException when it is not this message
     */
    public T read(byte[] utf8) {
        requireNonNull(utf8, "utf8");
        if (utf8.length > DOCUMENT) {
            throw MalformedMessageException.tooLarge(
                    "a document of at most " + DOCUMENT + " bytes", utf8.length + " bytes");
        }
        return of(JsonText.parse(utf8, maxElements));
    }

    /**
     * Reads the value of a header: standard base64 with padding, in canonical form.
     *
     * @throws MalformedMessageException when it is not this message
     */
    public T readHeader(String base64) {
        requireNonNull(base64, "base64");
        if (base64.length() > maxHeader) {
            throw MalformedMessageException.tooLarge(
                    "a header of at most " + maxHeader + " characters", base64.length() + " characters");
        }
        return of(JsonText.parse(Base64Text.decode(base64), maxElements));
    }

    /**
     * Reads a JSON tree.
     *
     * @throws MalformedMessageException when it is not this message
     */
    public T of(Json json) {
        return reader.apply(json.cursor());
    }

    /** The JSON tree of a message: known members in the specification's order, then the others. */
    public Json json(T message) {
        return writer.apply(message);
    }

    /**
     * The JSON document of a message, in UTF-8 and without white space.
     *
     * @throws IllegalArgumentException when a tree in it has more than 16 levels or half a surrogate pair
     */
    public byte[] write(T message) {
        return JsonText.print(json(message));
    }

    /** The header of a message: the document as standard base64 with padding. */
    public String writeHeader(T message) {
        return Base64Text.encode(write(message));
    }
}
