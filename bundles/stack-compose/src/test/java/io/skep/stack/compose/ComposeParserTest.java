package io.skep.stack.compose;

import io.skep.api.stack.StackParser;
import io.skep.contracts.stack.StackParserContract;

/** The compose parser keeps the contract of stack parsers. */
final class ComposeParserTest extends StackParserContract {
    @Override
    protected StackParser parser() {
        return new ComposeParser();
    }

    @Override
    protected String valid() {
        return """
                services:
                  web:
                    image: example/web:${TAG:-1}
                    ports: ["8080:80"]
                    networks: [front, default, outside]
                    volumes: [data:/data]
                  client:
                    image: example/web:1
                    environment: {GREETING: "${GREETING:-hello}"}
                networks:
                  front: {internal: true}
                  outside: {external: true}
                volumes:
                  data: {}
                """;
    }

    @Override
    protected String asksFor(String variable) {
        return "services: {web: {image: example/web:1, hostname: \"${" + variable + "}\"}}";
    }

    @Override
    protected String reads(String file) {
        return "services: {web: {image: example/web:1, env_file: " + file + "}}";
    }

    @Override
    protected String broken() {
        return """
                services:
                  web:
                    image: [not, text]
                    no_such_key: 1
                """;
    }
}
