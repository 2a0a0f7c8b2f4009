@description('The name of the virtual network.')
param name string

@description('The Azure region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The addresses of the network: a /24 or larger that nobody else uses.')
param addressPrefix string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'flex-consumption'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }

  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

@description('The resource id of the network.')
output id string = network.id

@description('The subnet that the app sends from.')
output appSubnetId string = network::app.id

@description('The subnet that private endpoints are in.')
output endpointSubnetId string = network::endpoints.id
