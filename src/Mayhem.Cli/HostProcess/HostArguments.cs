namespace Mayhem.Cli.HostProcess;

/// <summary>The arguments of <c>mayhem host</c>. The last four belong to an order and are given together, or not at all.</summary>
internal sealed class HostArguments
{
    public string Name { get; private set; } = "";

    public string Data { get; private set; } = "";

    public string Claim { get; private set; } = "";

    public string Request { get; private set; } = "";

    public string Attempt { get; private set; } = "";

    public string OldProcessId { get; private set; } = "";

    public bool IsForOrder => Claim.Length > 0;

    /// <summary>Reads them; null if they make no sense. By hand, since a parser would take longer to load than the host to start.</summary>
    public static HostArguments? Read(string[] args)
    {
        var read = new HostArguments();
        for (var i = 1; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--name": read.Name = args[i + 1]; break;
                case "--data": read.Data = args[i + 1]; break;
                case "--claim": read.Claim = args[i + 1]; break;
                case "--request": read.Request = args[i + 1]; break;
                case "--attempt": read.Attempt = args[i + 1]; break;
                case "--old-pid": read.OldProcessId = args[i + 1]; break;
                default: return null;
            }
        }

        return args.Length % 2 == 1 && read.Name.Length > 0 && read.Data.Length > 0 ? read : null;
    }
}
