package dev.x402.scheme.exact.evm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.spi.Bytes;
import dev.x402.spi.Signed;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.Transaction1559;

/** Our encodings by hand against an independent encoder. */
class EncodingTest {
    private static final int CASES = 500;
    private static final String GOLDEN =
            "0x000001a3185c507b02f87183014a3407843b9aca008477359400830186a094036cbd53842c5426634e792954"
                    + "1ec2318f3dcf7e8083010203c001a0354d50f7fdd74d4c00940490f39c1a69eaba9f9dba7222445049332817e9"
                    + "8f3ca00d1537c5bf0c0bf9b390b8959aa9dc0fef4af345f49f79fcec6ce0026363fd10";
    private static final LocalEvmSigner KEY = LocalEvmSigner.parse("11".repeat(32));

    private final Random random = new Random(712);

    @Test
    void digests_are_those_of_another_eip712_encoder() throws IOException {
        for (int i = 0; i < CASES; i++) {
            Token token = token();
            Authorization authorization = authorization();
            String json = """
                    {"types": {
                      "EIP712Domain": [{"name": "name", "type": "string"}, {"name": "version", "type": "string"},
                        {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}],
                      "TransferWithAuthorization": [{"name": "from", "type": "address"}, {"name": "to", "type": "address"},
                        {"name": "value", "type": "uint256"}, {"name": "validAfter", "type": "uint256"},
                        {"name": "validBefore", "type": "uint256"}, {"name": "nonce", "type": "bytes32"}]},
                     "primaryType": "TransferWithAuthorization",
                     "domain": {"name": "%s", "version": "%s", "chainId": %s, "verifyingContract": "%s"},
                     "message": {"from": "%s", "to": "%s", "value": "%s", "validAfter": "%s", "validBefore": "%s", "nonce": "%s"}}
                    """.formatted(
                            token.name(),
                            token.version(),
                            token.chainId(),
                            token.contract(),
                            authorization.from(),
                            authorization.to(),
                            authorization.value(),
                            authorization.validAfter(),
                            authorization.validBefore(),
                            authorization.nonce());
            assertArrayEquals(new StructuredDataEncoder(json).hashStructuredData(), token.digest(authorization), json);
        }
    }

    @Test
    void calls_are_those_of_another_abi_encoder() {
        for (int i = 0; i < CASES; i++) {
            Authorization authorization = authorization();
            Signature signature = Signature.parse(KEY.sign(bytes(32)));
            byte[] parts = signature.toBytes();
            Function function = new Function(
                    "transferWithAuthorization",
                    List.of(
                            new org.web3j.abi.datatypes.Address(
                                    authorization.from().lower()),
                            new org.web3j.abi.datatypes.Address(
                                    authorization.to().lower()),
                            new Uint256(authorization.value()),
                            new Uint256(authorization.validAfter()),
                            new Uint256(authorization.validBefore()),
                            new Bytes32(Hex.parse(authorization.nonce().toString(), 32)),
                            new Uint8(parts[64]),
                            new Bytes32(Arrays.copyOf(parts, 32)),
                            new Bytes32(Arrays.copyOfRange(parts, 32, 64))),
                    List.of());
            assertEquals(
                    FunctionEncoder.encode(function), Hex.of(Abi.transferWithAuthorization(authorization, signature)));
        }
    }

    @Test
    void transactions_are_those_of_another_signer_byte_for_byte() {
        for (int i = 0; i < CASES / 10; i++) {
            Address to = address();
            byte[] data = bytes(random.nextInt(300));
            long nonce = random.nextInt(100_000);
            BigInteger gas = BigInteger.valueOf(21_000 + random.nextInt(300_000));
            SignedTransaction.Fees fees =
                    new SignedTransaction.Fees(new BigInteger(64, random), new BigInteger(32, random));
            Instant now = Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt());
            SignedTransaction ours = SignedTransaction.sign(
                    BigInteger.valueOf(84532), nonce, to, data, gas, fees, KEY, new BouncyCastleRecovery(), now);
            byte[] theirs = TransactionEncoder.signMessage(
                    new Raw(Transaction1559.createTransaction(
                            84532,
                            BigInteger.valueOf(nonce),
                            gas,
                            to.lower(),
                            BigInteger.ZERO,
                            Hex.of(data),
                            fees.tip(),
                            fees.max())),
                    Credentials.create("11".repeat(32)));
            assertEquals(Hex.of(theirs), Hex.of(ours.raw().toArray()));
            assertEquals(ours, SignedTransaction.read(ours.toSigned()));
        }
    }

    @Test
    void bytes_of_format_1_are_read_for_ever() {
        SignedTransaction signed = SignedTransaction.sign(
                BigInteger.valueOf(84532),
                7,
                Address.find("0x036CbD53842c5426634e7929541eC2318f3dCF7e").orElseThrow(),
                new byte[] {1, 2, 3},
                BigInteger.valueOf(100_000),
                new SignedTransaction.Fees(BigInteger.valueOf(2_000_000_000), BigInteger.valueOf(1_000_000_000)),
                KEY,
                new BouncyCastleRecovery(),
                Instant.ofEpochMilli(1_800_000_000_123L));
        byte[] golden = Hex.parse(GOLDEN, 1000);
        assertEquals(GOLDEN, Hex.of(signed.toSigned().bytes().toArray()));
        assertEquals(signed, SignedTransaction.read(new Signed(signed.hash(), 1, Bytes.of(golden))));
    }

    @Test
    void the_specifications_example_signature_recovers_to_its_payer() {
        Authorization example = new Authorization(
                Address.find("0x857b06519E91e3A54538791bDbb0E22373e36b66").orElseThrow(),
                Address.find("0x209693Bc6afc0C5328bA36FaF03C514EF312287C").orElseThrow(),
                BigInteger.valueOf(10000),
                BigInteger.valueOf(1740672089),
                BigInteger.valueOf(1740672154),
                new Word(Hex.parse("0xf3746613c2d920b5fdabc0856f2aeb2d4f88ee6037b8cc5d04a71a4462f13480", 32)));
        Signature signature = Signature.parse(Hex.parse(
                "0x2d6a7588d6acca505cbf0d9a4a227e0c52c6c34008c8e8986a1283259764173608a2ce6496642e377d6da8dbbf5836e9bd15092f9ecab05ded3d6293af148b571c",
                65));
        assertEquals(
                example.from(), new BouncyCastleRecovery().recover(World.token().digest(example), signature));
    }

    /** Opens the protected constructor, so that no overload with types of absent libraries is in sight. */
    private static final class Raw extends RawTransaction {
        Raw(Transaction1559 transaction) {
            super(transaction);
        }
    }

    private Token token() {
        return Token.of(
                BigInteger.valueOf(1 + random.nextInt(Integer.MAX_VALUE)),
                address(),
                new String(bytes(random.nextInt(40)), StandardCharsets.ISO_8859_1)
                        .replaceAll("[\\x00-\\x1f\"\\\\\\x7f-\\x9f]", "₮"),
                Integer.toString(random.nextInt(10)));
    }

    private Authorization authorization() {
        return new Authorization(
                address(),
                address(),
                new BigInteger(random.nextInt(257), random),
                new BigInteger(40, random),
                new BigInteger(random.nextInt(257), random),
                new Word(bytes(32)));
    }

    private Address address() {
        return Address.find(Hex.of(bytes(20))).orElseThrow();
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
