package dev.x402.siwx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spec.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignInMessageTest {
    private static final String NONCE = "a1b2c3d4e5f67890a1b2c3d4e5f67890";
    private static final String URI = "https://api.example.com/premium-data";

    private static SignInMessage message(
            String network, String address, @Nullable String statement, @Nullable List<String> resources) {
        return new SignInMessage(
                "api.example.com",
                Network.parse(network),
                address,
                statement,
                URI,
                "1",
                NONCE,
                "2024-01-15T10:30:00.000Z",
                "2024-01-15T10:35:00.000Z",
                null,
                null,
                resources);
    }

    @Test
    void is_the_specifications_text_for_ethereum() {
        assertEquals(
                """
                api.example.com wants you to sign in with your Ethereum account:
                0x857b06519E91e3A54538791bDbb0E22373e36b66

                Sign in to access premium data

                URI: https://api.example.com/premium-data
                Version: 1
                Chain ID: 8453
                Nonce: a1b2c3d4e5f67890a1b2c3d4e5f67890
                Issued At: 2024-01-15T10:30:00.000Z
                Expiration Time: 2024-01-15T10:35:00.000Z
                Resources:
                - https://api.example.com/premium-data""",
                message(
                                "eip155:8453",
                                "0x857b06519E91e3A54538791bDbb0E22373e36b66",
                                "Sign in to access premium data",
                                List.of(URI))
                        .text("Ethereum"));
    }

    @Test
    void is_the_specifications_text_for_solana() {
        assertEquals(
                """
                api.example.com wants you to sign in with your Solana account:
                BSmWDgE9ex6dZYbiTsJGcwMEgFp8q4aWh92hdErQPeVW

                Sign in to access premium data

                URI: https://api.example.com/premium-data
                Version: 1
                Chain ID: 5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp
                Nonce: a1b2c3d4e5f67890a1b2c3d4e5f67890
                Issued At: 2024-01-15T10:30:00.000Z
                Expiration Time: 2024-01-15T10:35:00.000Z
                Resources:
                - https://api.example.com/premium-data""",
                message(
                                "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp",
                                "BSmWDgE9ex6dZYbiTsJGcwMEgFp8q4aWh92hdErQPeVW",
                                "Sign in to access premium data",
                                List.of(URI))
                        .text("Solana"));
    }

    @Test
    void without_statement_ethereum_has_two_empty_lines_and_solana_one() {
        assertEquals(
                "api.example.com wants you to sign in with your Ethereum account:\n0xA\n\n\nURI: ",
                message("eip155:1", "0xA", null, List.of()).text("Ethereum").substring(0, 76));
        assertEquals(
                "api.example.com wants you to sign in with your Solana account:\nA\n\nURI: ",
                message("solana:abc", "A", null, List.of()).text("Solana").substring(0, 71));
    }

    @Test
    void an_empty_list_of_resources_is_written_for_ethereum_alone() {
        assertEquals(
                true,
                message("eip155:1", "0xA", null, List.of()).text("Ethereum").endsWith("0Z\nResources:"));
        assertEquals(
                true, message("solana:abc", "A", null, List.of()).text("Solana").endsWith("10:35:00.000Z"));
        assertEquals(
                true, message("eip155:1", "0xA", null, null).text("Ethereum").endsWith("10:35:00.000Z"));
    }

    @Test
    void another_family_has_the_general_text() {
        assertEquals(
                "api.example.com wants you to sign in with your Cosmos account:\ncosmos1\n\nhello\n\nURI: " + URI
                        + "\nVersion: 1\nChain ID: hub-4\nNonce: " + NONCE
                        + "\nIssued At: 2024-01-15T10:30:00.000Z\nExpiration Time: 2024-01-15T10:35:00.000Z",
                message("cosmos:hub-4", "cosmos1", "hello", null).text("Cosmos"));
    }

    /** Whatever the fields say, a reader who splits lines finds just them: none can pretend to be another. */
    @Test
    void every_text_has_one_reading() {
        for (long seed = 1; seed <= 2000; seed++) {
            Random random = new Random(seed);
            SignInMessage written = random(random);
            String family = random.nextBoolean() ? "Ethereum" : "Wants you to: sign in";

            assertEquals(fields(written), read(written.text(family), family, written.network()), "seed " + seed);
        }
    }

    private static SignInMessage random(Random random) {
        Network network =
                Network.parse(List.of("eip155:1", "solana:abc", "cosmos:hub-4").get(random.nextInt(3)));
        List<String> resources = null;
        if (random.nextBoolean()) {
            resources = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                resources.add(word(random));
            }
        }
        return new SignInMessage(
                word(random),
                network,
                word(random),
                random.nextBoolean() ? tricky(random) : null,
                word(random),
                "1",
                word(random),
                word(random),
                random.nextBoolean() ? word(random) : null,
                random.nextBoolean() ? word(random) : null,
                random.nextBoolean() ? word(random) : null,
                resources);
    }

    private static String tricky(Random random) {
        return List.of(
                        "URI: https://evil.example",
                        "Nonce: 1",
                        "Resources:",
                        "- x",
                        "hello Version: 1",
                        "a statement",
                        " ")
                .get(random.nextInt(7));
    }

    private static String word(Random random) {
        return List.of("URI:", "Nonce:1", "-", "Resources:", "a", "https://api.example.com/", "Version:1", "1", ":")
                .get(random.nextInt(9));
    }

    private static Map<String, String> fields(SignInMessage message) {
        boolean solana = message.network().namespace().equals("solana");
        Map<String, String> fields = new HashMap<>();
        fields.put("domain", message.domain());
        fields.put("address", message.address());
        fields.put("statement", message.statement());
        fields.put("URI", message.uri());
        fields.put("Version", message.version());
        fields.put("Chain ID", message.network().reference());
        fields.put("Nonce", message.nonce());
        fields.put("Issued At", message.issuedAt());
        fields.put("Expiration Time", message.expirationTime());
        fields.put("Not Before", message.notBefore());
        fields.put("Request ID", message.requestId());
        List<String> resources = message.resources();
        fields.put("Resources", resources == null || (solana && resources.isEmpty()) ? null : resources.toString());
        fields.values().removeIf(value -> value == null);
        return fields;
    }

    private static Map<String, String> read(String text, String family, Network network) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        Map<String, String> fields = new HashMap<>();
        fields.put("domain", lines.get(0).replace(" wants you to sign in with your " + family + " account:", ""));
        fields.put("address", lines.get(1));
        int at = 3;
        boolean solana = network.namespace().equals("solana");
        boolean stated = solana ? lines.get(4).isEmpty() : !lines.get(3).isEmpty();
        if (stated) {
            fields.put("statement", lines.get(3));
            at = 5;
        } else if (!solana) {
            at = 4;
        }
        for (; at < lines.size() && !lines.get(at).equals("Resources:"); at++) {
            int colon = lines.get(at).indexOf(": ");
            fields.put(lines.get(at).substring(0, colon), lines.get(at).substring(colon + 2));
        }
        if (at < lines.size()) {
            fields.put(
                    "Resources",
                    lines.subList(at + 1, lines.size()).stream()
                            .map(line -> line.substring(2))
                            .toList()
                            .toString());
        }
        return fields;
    }
}
