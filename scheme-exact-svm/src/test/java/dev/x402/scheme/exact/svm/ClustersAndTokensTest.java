package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.v1.NetworkNamesV1;
import dev.x402.spi.Asset;
import dev.x402.spi.Payment;
import dev.x402.spi.RailNetwork;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClustersAndTokensTest {
    final SvmRail rail = new SvmRail();
    final Offline sides = new Offline();

    @ParameterizedTest
    @CsvSource({
        "solana,solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp,Solana,false",
        "solana-devnet,solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1,Solana Devnet,true",
        "solana-testnet,solana:4uhcVJyU9pJkvQyS88uRDiswHXSCkY3z,Solana Testnet,true"
    })
    void a_cluster_has_its_names(String old, String id, String name, boolean testnet) {
        RailNetwork network = rail.networks().stream()
                .filter(known -> known.id().toString().equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(name, network.name());
        assertEquals(testnet, network.testnet());
        assertEquals(Optional.of(network.id()), NetworkNamesV1.network(old));
    }

    @Test
    void every_token_is_one_of_a_cluster_and_a_token_program() {
        List<Network> networks = rail.networks().stream().map(RailNetwork::id).toList();
        for (Asset asset : new SvmAssets().assets()) {
            assertTrue(networks.contains(asset.id().network()), asset.id().toString());
            assertEquals(
                    Optional.of(asset.id().reference()),
                    rail.canonicalAsset(asset.id().network(), asset.id().reference()));
            assertTrue(
                    Programs.isToken(SvmAddress.of(
                            asset.extra().text(SvmAssets.TOKEN_PROGRAM).orElseThrow())),
                    asset.id().toString());
        }
    }

    @Test
    void the_dollar_of_each_cluster_is_first() {
        assertEquals(
                List.of("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU"),
                new SvmAssets()
                        .assets().stream()
                                .filter(asset -> asset.symbol().equals("USDC"))
                                .map(asset -> asset.id().reference())
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "merchant",
                "1111111111111111111111111111111",
                "111111111111111111111111111111111",
                "111111111111111111111111111111111111111111111111111111",
                "C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqv",
                "C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW60",
                "C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6l",
                " C3PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6Y",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
                "\u00e93PxQn8qugK6B85eXniw6jCs76iKKiNdHz6PHqvneW6Y"
            })
    void what_is_not_32_bytes_in_base_58_is_no_account(String text) {
        assertEquals(Optional.empty(), rail.canonicalAccount(Offline.NETWORK, text));
    }

    @Test
    void an_account_of_another_network_is_none() {
        String account = Keys.PAYER.address();
        assertEquals(Optional.of(account), rail.canonicalAccount(Offline.NETWORK, account));
        assertEquals(Optional.empty(), rail.canonicalAccount(Network.parse("solana:devnet"), account));
        assertEquals(Optional.empty(), rail.canonicalAccount(Network.parse("eip155:1"), account));
    }

    @Test
    void a_transaction_is_named_by_64_bytes() {
        String reference = Vectors.transaction("version 0").text("reference");
        assertTrue(rail.isReference(Offline.NETWORK, reference));
        assertFalse(rail.isReference(Offline.NETWORK, reference.substring(5)));
        assertFalse(rail.isReference(Offline.NETWORK, reference + "11"));
        assertFalse(rail.isReference(Offline.NETWORK, Keys.PAYER.address()));
        assertFalse(rail.isReference(Offline.NETWORK, ""));
    }

    @Test
    void a_payment_is_named_by_cluster_and_message() {
        Vectors.Transaction vector = Vectors.transaction("version 0");
        Payment payment = Offline.payment(sides.offer(10_000), vector.transaction());
        assertEquals(
                Offline.NETWORK + "/message/" + vector.text("messageHash"),
                sides.scheme.key(payment).value());
    }

    @Test
    void a_payment_of_no_cluster_has_no_name() {
        PaymentRequirements offer = sides.offer(10_000);
        MalformedMessageException refused = assertThrows(
                MalformedMessageException.class,
                () -> sides.scheme.key(Offline.payment(
                        PaymentRequirements.of(
                                new Kind("exact", Network.parse("solana:devnet")),
                                offer.amount(),
                                offer.asset(),
                                offer.payTo(),
                                60,
                                offer.extraOrEmpty()),
                        Vectors.transaction("version 0").transaction())));
        assertEquals(
                "/paymentRequirements/network: expected solana: and 32 characters of a genesis hash, saw solana:devnet",
                refused.getMessage());
    }
}
