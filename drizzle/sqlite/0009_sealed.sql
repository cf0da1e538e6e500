CREATE TABLE `draw_commitment` (
	`day` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `drill_secrecy` (
	`drill_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sealed_slot` (
	`id` text PRIMARY KEY NOT NULL,
	`mark` text NOT NULL,
	`blob` text NOT NULL
);
