using Mayhem.Cli.HostProcess;

return args is [HostCommand.Name, ..] ? HostCommand.Run(args) : 0;
