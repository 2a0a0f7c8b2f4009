using Mayhem.Cli;
using Mayhem.Cli.HostProcess;
using Mayhem.Cli.LedgerCommand;
using Mayhem.Cli.Up;

return args is [HostCommand.Name, ..]
    ? HostCommand.Run(args)
    : await CommandLine.RunAsync(args, options => new UpRun(options, TimeProvider.System).RunAsync(), LedgerRun.RunAsync);
