package io.skep.shell.console;

import io.skep.api.stack.StackParser;
import io.skep.shell.Parts;
import io.skep.shell.SwarmCommand;
import io.skep.shell.data.ConfigCreate;
import io.skep.shell.data.ConfigInspect;
import io.skep.shell.data.ConfigLs;
import io.skep.shell.data.ConfigRm;
import io.skep.shell.data.SecretCreate;
import io.skep.shell.data.SecretInspect;
import io.skep.shell.data.SecretLs;
import io.skep.shell.data.SecretRm;
import io.skep.shell.image.ImageImport;
import io.skep.shell.image.ImageLoad;
import io.skep.shell.image.ImageLs;
import io.skep.shell.image.ImageRm;
import io.skep.shell.network.NetworkCreate;
import io.skep.shell.network.NetworkInspect;
import io.skep.shell.network.NetworkLs;
import io.skep.shell.network.NetworkRm;
import io.skep.shell.node.NodeDemote;
import io.skep.shell.node.NodeInspect;
import io.skep.shell.node.NodeLs;
import io.skep.shell.node.NodePromote;
import io.skep.shell.node.NodeRm;
import io.skep.shell.node.NodeUpdate;
import io.skep.shell.plugin.RuntimeLs;
import io.skep.shell.plugin.StrategyLs;
import io.skep.shell.plugin.StrategyUse;
import io.skep.shell.service.ServiceCreate;
import io.skep.shell.service.ServiceInspect;
import io.skep.shell.service.ServiceLogs;
import io.skep.shell.service.ServiceLs;
import io.skep.shell.service.ServicePs;
import io.skep.shell.service.ServiceRm;
import io.skep.shell.service.ServiceScale;
import io.skep.shell.service.ServiceUpdate;
import io.skep.shell.service.TaskInspect;
import io.skep.shell.service.TaskLs;
import io.skep.shell.stack.StackConfig;
import io.skep.shell.stack.StackDeploy;
import io.skep.shell.stack.StackLs;
import io.skep.shell.stack.StackPs;
import io.skep.shell.stack.StackRm;
import io.skep.shell.stack.StackServices;
import io.skep.shell.swarm.Ca;
import io.skep.shell.swarm.ConsensusUse;
import io.skep.shell.swarm.EventWatch;
import io.skep.shell.swarm.Info;
import io.skep.shell.swarm.Init;
import io.skep.shell.swarm.Join;
import io.skep.shell.swarm.JoinTokenCommand;
import io.skep.shell.swarm.Leave;
import io.skep.shell.swarm.Unlock;
import io.skep.shell.swarm.UnlockKeyCommand;
import io.skep.shell.swarm.Update;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** All commands, registered with Karaf's shell while this bundle runs. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.skep.shell")
@Designate(ocd = Commands.Config.class)
public final class Commands {
    /** Each run of a command is an object of its own. */
    static final List<Supplier<SwarmCommand>> ALL = List.of(
            Init::new,
            Info::new,
            Join::new,
            JoinTokenCommand::new,
            Leave::new,
            Update::new,
            Ca::new,
            Unlock::new,
            UnlockKeyCommand::new,
            EventWatch::new,
            NodeLs::new,
            NodeInspect::new,
            NodeUpdate::new,
            NodePromote::new,
            NodeDemote::new,
            NodeRm::new,
            SecretCreate::new,
            SecretLs::new,
            SecretInspect::new,
            SecretRm::new,
            ConfigCreate::new,
            ConfigLs::new,
            ConfigInspect::new,
            ConfigRm::new,
            ServiceCreate::new,
            ServiceLs::new,
            ServiceInspect::new,
            ServicePs::new,
            ServiceScale::new,
            ServiceUpdate::new,
            ServiceLogs::new,
            ServiceRm::new,
            TaskInspect::new,
            TaskLs::new,
            StackDeploy::new,
            StackLs::new,
            StackPs::new,
            StackServices::new,
            StackRm::new,
            StackConfig::new,
            ImageLoad::new,
            ImageImport::new,
            ImageLs::new,
            ImageRm::new,
            NetworkCreate::new,
            NetworkLs::new,
            NetworkInspect::new,
            NetworkRm::new,
            RuntimeLs::new,
            StrategyLs::new,
            StrategyUse::new,
            ConsensusUse::new);

    private final Registry registry;
    private final List<ShellCommand> commands;

    @Activate
    public Commands(BundleContext context, @Reference SessionFactory sessions, Config config) {
        Parts parts = new Parts(context, Map.of(StackParser.class, config.stackParser_target()));
        registry = sessions.getRegistry();
        commands = ALL.stream().map(maker -> new ShellCommand(maker, parts)).toList();
        commands.forEach(registry::register);
    }

    @Deactivate
    void stop() {
        commands.forEach(registry::unregister);
    }

    /** Which engines the commands ask themselves; what the managers ask is theirs to know. */
    @ObjectClassDefinition(name = "Skep shell")
    @interface Config {
        @AttributeDefinition(description = "which parser reads stack files")
        String stackParser_target() default "(engine=compose)";
    }
}
