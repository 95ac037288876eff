package io.skep.stack.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.skep.api.stack.ParsedStack;
import io.skep.api.stack.StackSource;
import io.skep.api.stack.StackSpec;
import io.skep.model.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example that the README runs. */
final class ExampleTest {
    @Test
    void parsesWithoutARemark() throws IOException {
        Path path = Path.of(System.getProperty("basedir", ""), "../../examples/web/stack.yml")
                .toAbsolutePath();
        StackSource.File file = new StackSource.File(path.toString(), Files.readString(path));
        ParsedStack parsed = new ComposeParser().parse(new StackSource("web", List.of(file), Map.of(), name -> ""));

        assertThat(parsed.findings()).isEmpty();
        StackSpec stack = parsed.stack().orElseThrow();
        assertThat(stack.services()).extracting(ServiceSpec::name).containsExactly("web_web", "web_client");
        ServiceSpec web = stack.services().get(0);
        assertThat(web.mode().replicas()).isEqualTo(3);
        assertThat(web.taskTemplate().containerSpec().image()).isEqualTo("example/web:1");
        assertThat(web.endpointSpec().ports().get(0).publishedPort()).isEqualTo(8080);
        assertThat(web.taskTemplate().networks().get(0).aliases()).containsExactly("web");
    }
}
