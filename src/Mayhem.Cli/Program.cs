using Mayhem.Cli;
using Mayhem.Cli.HostProcess;

return args is [HostCommand.Name, ..]
    ? HostCommand.Run(args)
    : await CommandLine.RunAsync(args, _ => Task.FromResult(0), _ => Task.FromResult(0));
