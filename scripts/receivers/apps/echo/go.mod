module receiver

go 1.26

require (
	github.com/labstack/echo/v5 v5.4.6
	github.com/standard-webhooks/standard-webhooks/libraries v0.0.1
)

require golang.org/x/time v0.15.0 // indirect
