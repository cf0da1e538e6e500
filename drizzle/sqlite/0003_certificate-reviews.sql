CREATE TABLE `certificate_replacement` (
	`id` text PRIMARY KEY NOT NULL,
	`certificate_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`cause` text NOT NULL,
	`note` text NOT NULL,
	`before` text NOT NULL,
	`replaced_on` text NOT NULL,
	`replaced_by` text NOT NULL,
	`replaced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_replacement_ordinal` ON `certificate_replacement` (`certificate_id`,`ordinal`);--> statement-breakpoint
CREATE TABLE `certificate_review` (
	`id` text PRIMARY KEY NOT NULL,
	`certificate_id` text NOT NULL,
	`path` text NOT NULL,
	`grounds` text NOT NULL,
	`said` text NOT NULL,
	`opened_at` integer NOT NULL,
	`outcome` text,
	`reason` text NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificate_review_open` ON `certificate_review` (`certificate_id`) WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX `certificate_review_certificate` ON `certificate_review` (`certificate_id`);--> statement-breakpoint
CREATE INDEX `certificate_review_path` ON `certificate_review` (`path`,`opened_at`);--> statement-breakpoint
ALTER TABLE `certificate` ADD `replaced_on` text;